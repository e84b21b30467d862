// Every message of the shipped week, and of the week that uses every feature, as a mail program would show it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { Browser, Project, accessible, days, inAllLooks, narrow, projects } from './kit.mjs';

let browser;
before(async () => { browser = await Browser.open(); });
after(() => browser.close());

for (const name of projects) {
  test(`the messages of ${name}: accessible, narrow enough for a phone, and silent`, async (t) => {
    const project = new Project(name);
    t.after(() => project.remove());
    const page = await browser.page();
    let looked = 0;
    for (const week of project.weeks()) {
      const preview = project.preview(week);
      for (const day of days(preview)) {
        await page.goto(pathToFileURL(path.join(preview, day, 'message.html')).href);
        await inAllLooks(page, [320, 640], async (look) => {
          const what = `${week}, ${day}, ${look}`;
          await narrow(page, what);
          await accessible(page, what);
          looked += 1;
        });
        const missing = await page.evaluate(() => [...document.images].filter((one) => !one.naturalWidth).map((one) => one.src));
        assert.deepEqual(missing, [], `${week}, ${day}: pictures`);
      }
    }
    assert.ok(looked >= 12, `only ${looked} looks`);
    assert.deepEqual(browser.strangers, []);
    await page.context().close();
  });
}

test('a fault is found: the tests can fail', async () => {
  const page = await browser.page({ width: 320 });
  await page.setContent('<html><body><img src="https://tracker.example/x.png"><p style="color:#ccc;width:400px">Pale</p>');
  await assert.rejects(accessible(page, 'pale'), /color-contrast[\s\S]*image-alt/);
  await assert.rejects(narrow(page, 'wide'), /wide: \d+ pixels in 320/);
  assert.deepEqual(browser.strangers.splice(0), ['https://tracker.example/x.png']);
  await page.context().close();
});
