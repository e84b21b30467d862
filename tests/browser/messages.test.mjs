// Every message of the shipped week, and of the week that uses every feature, as a mail program would show it.
import assert from 'node:assert/strict';
import { copyFileSync, writeFileSync } from 'node:fs';
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

const CORRECTION = `wrong = "The flow chart names a telephone number that is out of use."
right = "It is 01632 960123; see [the guidance](https://board.example/guidance)."
repeat = true
body = '''
Dear {{ recipient.first_name or "colleague" }},

## What happened

We are sorry for the mistake.
'''
`;

test('a correction is accessible, and narrow enough for a phone', async (t) => {
  const project = new Project('shipped');
  t.after(() => project.remove());
  copyFileSync(project.file('recipients.example.toml'), project.file('recipients.toml'));
  writeFileSync(project.file('correction.toml'), CORRECTION);
  project.at('2027-03-15T08:31:00Z', 'send', 'monday', '--yes');
  const said = project.at('2027-03-15T09:31:00Z', 'correct', 'monday', '--file', project.file('correction.toml'), '--dry-run');
  assert.match(said, /would send correction 1/);
  const preview = project.file('preview-correction');
  const page = await browser.page();
  await page.goto(pathToFileURL(path.join(preview, days(preview)[0], 'message.html')).href);
  await inAllLooks(page, [320, 640], async (look) => {
    await narrow(page, look);
    await accessible(page, look);
  });
  const order = await page.locator('h1, h2, .warning').allTextContents();
  assert.match(order[0], /^\s*Correction\. This corrects our message of Monday 15 March 2027\./);
  assert.ok(order.some((words) => words === 'The message as it now stands'), order.join(' | '));
  assert.deepEqual(browser.strangers, []);
  await page.context().close();
});

test('a fault is found: the tests can fail', async () => {
  const page = await browser.page({ width: 320 });
  await page.setContent('<html><body><img src="https://tracker.example/x.png"><p style="color:#ccc;width:400px">Pale</p>');
  await assert.rejects(accessible(page, 'pale'), /color-contrast[\s\S]*image-alt/);
  await assert.rejects(narrow(page, 'wide'), /wide: \d+ pixels in 320/);
  assert.deepEqual(browser.strangers.splice(0), ['https://tracker.example/x.png']);
  await page.context().close();
});
