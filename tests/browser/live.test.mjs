// The served preview while the week is written.
import assert from 'node:assert/strict';
import http from 'node:http';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { after, before, beforeEach, afterEach, test } from 'node:test';

import { Browser, PATIENCE, Project, Served, accessible, days, narrow } from './kit.mjs';

const MISTAKES = 'to mend before anything is sent';
let browser;
let project;
let served;
let folders;
let week;
let original;

before(async () => { browser = await Browser.open(); });
after(() => browser.close());
beforeEach(async () => {
  project = new Project('shipped');
  const [name] = project.weeks();
  week = project.file(`broadcasts/${name}.toml`);
  original = readFileSync(week, 'utf8');
  folders = days(project.preview(name));
  served = await Served.of(project, name);
});
afterEach(async () => {
  await served.stop();
  project.remove();
  assert.deepEqual(browser.strangers, []);
  assert.deepEqual(browser.complaints, []);
});

/** Saves as many editors do: another file takes the name. */
function save(text) {
  writeFileSync(`${week}.new`, text);
  renameSync(`${week}.new`, week);
}

/** The week with something said on its day of this number, from 1. */
function withWords(words, day) {
  const parts = original.split("body = '''\n");
  parts[day] = `${words}\n\n${parts[day]}`;
  return parts.join("body = '''\n");
}

function message(page) {
  return page.frameLocator('iframe:visible').locator('body');
}

test('saved text shows in the open page, which keeps its place and its controls', async () => {
  const page = await browser.page({ width: 900, height: 600 });
  await page.goto(`${served.url}${folders[1]}/index.html`);
  await page.getByRole('radio', { name: /^Phone/ }).check({ force: true });
  await page.evaluate(() => scrollTo(0, 300));
  await message(page).waitFor();
  save(withWords('A sentence that was not there before.', 2));
  await message(page).getByText('A sentence that was not there before.').waitFor();
  await page.getByRole('status').getByText(/^Shown anew at \d\d:\d\d\.$/).waitFor();
  assert.ok(await page.getByRole('radio', { name: /^Phone/ }).isChecked());
  await page.waitForFunction(() => scrollY === 300);
  await page.context().close();
});

test('a page that has not changed is left alone', async () => {
  const [one, other] = [await browser.page(), await browser.page()];
  let loads = 0;
  one.on('load', () => { loads += 1; });
  await one.goto(`${served.url}${folders[0]}/index.html`);
  await other.goto(`${served.url}${folders[1]}/index.html`);
  save(withWords('Only for the second day.', 2));
  await message(other).getByText('Only for the second day.').waitFor();
  save(withWords('Only for the first day.', 1));
  await message(one).getByText('Only for the first day.').waitFor();
  await one.waitForLoadState();
  assert.equal(loads, 2, 'once when it was opened, once for its own text');
  await one.context().close();
  await other.context().close();
});

test('a broken file shows its mistakes above the last good rendering, until it is mended', async () => {
  const page = await browser.page({ width: 320 });
  await page.goto(`${served.url}${folders[0]}/index.html`);
  const before = await message(page).innerText();
  save(original.replace(/^theme = "(.*)"$/m, 'theme = "$1'));
  const mistakes = page.getByRole('region', { name: MISTAKES });
  await mistakes.waitFor();
  const words = await mistakes.innerText();
  assert.match(words, /\.toml, line \d+, column \d+/);
  assert.match(words, /theme = "/, 'the line itself');
  assert.match(words, /last good rendering, of \d\d:\d\d/);
  assert.equal(await message(page).innerText(), before);
  await narrow(page, 'mistakes');
  await accessible(page, 'mistakes');
  save(original);
  await mistakes.waitFor({ state: 'detached' });
  await page.context().close();
});

test("somebody's copy is chosen in the page", async () => {
  const page = await browser.page();
  await page.goto(served.url);
  const address = /([\w.]+@\w+\.example)/.exec(readFileSync(project.file('recipients.example.toml'), 'utf8').split('members')[1])[1];
  await page.getByLabel('Show the copy of').fill(address);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/as/${address}/index.html`);
  await page.goto(`${served.url}?as=nobody@board.example`);
  await page.getByRole('heading', { name: 'nobody@board.example gets none of these broadcasts' }).waitFor();
  await accessible(page, 'nobody');
  await page.context().close();
});

test('a stopped preview says so in the page and ends with 0', async () => {
  const page = await browser.page();
  const listening = page.waitForResponse(/live\/news/);
  await page.goto(served.url);
  await listening;
  assert.equal(await served.stop(), 0);
  await page.getByRole('status').getByText(/preview (was stopped at|has stopped)/).waitFor();
  await page.context().close();
});

test('another name, another token and another page are refused', async () => {
  const { port, pathname } = new URL(served.url);
  const status = (path, headers) => new Promise((done, failed) => {
    const asked = http.get({ host: '127.0.0.1', port, path, headers, timeout: PATIENCE }, (answer) => {
      answer.resume();
      done(answer.statusCode);
    });
    asked.on('error', failed);
  });
  assert.equal(await status(pathname, {}), 200);
  assert.equal(await status(pathname, { host: 'evil.example' }), 421);
  assert.equal(await status('/', {}), 403);
  assert.equal(await status(`/${'a'.repeat(26)}/`, {}), 403);
  assert.equal(await status(pathname, { origin: 'http://evil.example' }), 403);
});
