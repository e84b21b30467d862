// The pages of the preview, from the disk and from the server: for eyes, ears and keyboard.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { Browser, Project, Served, accessible, days, inAllLooks, narrow } from './kit.mjs';

let browser;
let project;
let served;
/** The week's page, on the disk and from the server. */
let places;
let folders;

before(async () => {
  browser = await Browser.open();
  project = new Project('shipped');
  const [week] = project.weeks();
  const preview = project.preview(week);
  folders = days(preview);
  served = await Served.of(project, week);
  places = { 'on the disk': pathToFileURL(preview + path.sep).href, 'from the server': served.url };
});
after(async () => {
  await served?.stop();
  await browser.close();
  project.remove();
});

for (const place of ['on the disk', 'from the server']) {
  test(`the pages ${place} are accessible, narrow enough for a phone, and silent`, async () => {
    const page = await browser.page();
    for (const file of ['index.html', `${folders[1]}/index.html`]) {
      await page.goto(places[place] + file);
      await inAllLooks(page, [320, 1100], async (look) => {
        await narrow(page, `${file}, ${look}`);
        await accessible(page, `${file}, ${look}`);
      });
    }
    await page.setViewportSize({ width: 320, height: 900 });
    for (const folder of folders) {
      await page.goto(`${places[place]}${folder}/index.html`);
      await narrow(page, folder);
    }
    assert.deepEqual(browser.strangers, []);
    assert.deepEqual(browser.complaints, []);
    await page.context().close();
  });

  test(`Tab reaches every control of the pages ${place}, in their order and in sight`, async () => {
    const page = await browser.page();
    for (const file of ['index.html', `${folders[1]}/index.html`]) {
      await page.goto(places[place] + file);
      const wanted = await controls(page);
      assert.ok(wanted.length > 5, `${file}: ${wanted}`);
      const reached = await walk(page);
      const unseen = reached.filter((stop) => !stop.seen).map((stop) => stop.name);
      assert.deepEqual(unseen, [], `${file}: focus that cannot be seen`);
      const names = reached.map((stop) => stop.name).filter((name) => wanted.includes(name));
      assert.deepEqual(names, wanted, file);
    }
    await page.context().close();
  });

  test(`the controls of a day ${place} change what is shown`, async () => {
    // No colour scheme is forced on the page, because it would be forced on the message in it too.
    const page = await browser.page({ width: 1400, colorScheme: null });
    await page.goto(`${places[place]}${folders[1]}/index.html`);
    const frame = page.locator('iframe:visible');
    const widthOf = async () => (await frame.boundingBox()).width;
    const desktop = await widthOf();
    // By the keyboard alone: arrows move within a group.
    await choose(page, 'Width', /^Phone/);
    const phone = await widthOf();
    assert.ok(phone < desktop && Math.abs(phone - 375) < 4, `${desktop} -> ${phone}`);
    const isDark = async () => (await (await frame.elementHandle()).contentFrame()).evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
    assert.equal(await isDark(), false);
    await choose(page, 'Colours', /^Dark/);
    assert.equal(await isDark(), true);
    const pictures = async () => {
      const inside = await (await frame.elementHandle()).contentFrame();
      await inside.waitForLoadState();
      return inside.evaluate(() => [...document.images].filter((one) => one.naturalWidth > 0).length);
    };
    assert.ok(await pictures() > 0);
    await choose(page, 'Pictures', /^Off/);
    assert.equal(await pictures(), 0);
    await choose(page, 'Show', /^Plain text/);
    assert.equal(await frame.count(), 0);
    assert.ok(await page.getByRole('heading', { name: /^Plain text/ }).isVisible());
    await page.context().close();
  });

  test(`a day is opened and left by the keyboard ${place}`, async () => {
    const page = await browser.page();
    await page.goto(`${places[place]}index.html`);
    await page.locator('main h3 a').nth(1).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/${folders[1]}/index.html`);
    await page.locator('a.skip').focus();
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'message');
    await page.getByRole('navigation', { name: 'Days of the week' }).getByRole('link').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/index\.html$/);
    await page.context().close();
  });
}

/** Chooses a radio button of a group by the keyboard. */
async function choose(page, group, name) {
  const radios = page.getByRole('group', { name: group, exact: true }).getByRole('radio');
  const wanted = page.getByRole('group', { name: group, exact: true }).getByRole('radio', { name });
  await radios.and(page.locator(':checked')).focus();
  for (let step = await radios.count(); step > 0 && !await wanted.isChecked(); step -= 1) {
    await page.keyboard.press('ArrowRight');
  }
  assert.ok(await wanted.isChecked(), `${group}: ${name}`);
}

/** What can be used on the page, in the order of its source. */
function controls(page) {
  return page.evaluate(() => {
    const all = document.querySelectorAll('a[href], button, input, select, textarea, summary, iframe');
    const shown = [...all].filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.tabIndex >= 0);
    const usable = shown.filter((one) => one.type !== 'radio' || one.checked);
    usable.forEach((one, index) => { one.dataset.stop = `${index} ${one.tagName} ${(one.textContent || one.id).trim().slice(0, 40)}`; });
    return usable.map((one) => one.dataset.stop);
  });
}

/** Presses Tab until the page is left; what had the focus, and whether that could be seen. */
async function walk(page) {
  const reached = [];
  for (let step = 0; step < 300; step += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const one = document.activeElement;
      if (!one || one === document.body) return null;
      // A radio button is drawn by the words beside it; a row may show the focus of the link in it.
      const drawn = [one, one.nextElementSibling, one.closest('li'), one.closest('label')].filter(Boolean);
      const outlined = drawn.some((each) => { const style = getComputedStyle(each); return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0; });
      const box = one.getBoundingClientRect();
      const inside = box.bottom > 0 && box.top < innerHeight;
      return { name: one.dataset.stop ?? one.tagName, seen: one.tagName === 'IFRAME' || outlined && inside };
    });
    if (!stop) break;
    if (reached.at(-1)?.name !== stop.name) reached.push(stop);
  }
  return reached;
}
