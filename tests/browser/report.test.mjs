// The page of the board pack: for eyes, ears and paper, of a week with a bit of everything.
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { Browser, Project, accessible, inAllLooks, narrow } from './kit.mjs';

let browser;
let project;
let report;

before(async () => {
  browser = await Browser.open();
  project = new Project('shipped');
  copyFileSync(project.file('recipients.example.toml'), project.file('recipients.toml'));
  project.at('2027-03-11T10:00:00Z', 'sign-off', 'friday', '--by', 'Rowan Example', '--yes');
  project.at('2027-03-12T08:31:00Z', 'send', 'friday', '--yes');
  project.at('2027-03-15T08:31:00Z', 'send', 'monday', '--yes');
  writeFileSync(project.file('correction.md'), 'The course begins on **22 March**, not on 15 March.\n');
  assert.match(project.at('2027-03-15T09:31:00Z', 'correct', 'monday', '--file', project.file('correction.md'), '--yes'), /correction 1/);
  project.at('2027-03-15T10:31:00Z', 'resend', 'monday', '--all', '--yes');
  project.at('2027-03-16T18:00:00Z', 'run', '--once');
  report = project.file('report');
  assert.match(project.at('2027-03-16T18:05:00Z', 'report'), /board pack/);
});
after(async () => {
  await browser.close();
  project.remove();
});

test('the report is accessible, narrow enough for a phone, and silent', async () => {
  const page = await browser.page();
  await page.goto(pathToFileURL(path.join(report, 'index.html')).href);
  await inAllLooks(page, [320, 1280], async (look) => {
    await narrow(page, look);
    await accessible(page, look);
  });
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 688, height: 1000 });
  await narrow(page, 'on paper');
  await accessible(page, 'on paper');
  assert.deepEqual(browser.strangers, []);
  assert.deepEqual(browser.complaints, []);
  await page.context().close();
});

test('each picture of the report says in words what it shows, and stands beside a table', async () => {
  const page = await browser.page();
  await page.goto(pathToFileURL(path.join(report, 'index.html')).href);
  for (const [heading, words] of [
    ['What was sent when', /planned 08:30, began 08:31 \(1 minute late\), ended/],
    ['What became of the messages', /13 messages: 13 accepted by the mail server/],
    ['By list', /accepted by the mail server/],
  ]) {
    const section = page.getByRole('region', { name: heading });
    const pictures = section.getByRole('img');
    assert.ok(await pictures.count() > 0, heading);
    const described = await pictures.evaluateAll((all) => all.map((one) => (one.getAttribute('aria-labelledby') ?? '')
      .split(' ').map((id) => document.getElementById(id)?.textContent).join(': ')));
    assert.ok(described.every((text) => text && !text.includes('undefined')), `${heading}: ${described}`);
    assert.ok(described.some((text) => words.test(text)), `${heading}: ${described}`);
    assert.equal(await section.getByRole('table').count(), 1, heading);
  }
  await page.context().close();
});

// weekcast looks for a browser by its name, whichever one CHROMIUM says that these tests use.
const onPath = process.env.PATH.split(path.delimiter)
  .some((folder) => ['chromium', 'chromium-browser', 'google-chrome'].some((name) => existsSync(path.join(folder, name))));

test('the PDF is tagged, of several pages, and leads to no file of this computer', { skip: !onPath && 'no Chromium by its own name' }, async () => {
  const out = project.file('printed');
  const said = project.at('2027-03-16T18:07:00Z', 'report', '--pdf', '--out', out);
  assert.doesNotMatch(said, /not made/);
  const pdf = readFileSync(path.join(out, 'report.pdf'), 'latin1');
  // Not by `match`, which would show the whole PDF.
  assert.ok(pdf.startsWith('%PDF-'));
  assert.ok(/\/MarkInfo\s*<<\s*\/Type\s*\/MarkInfo\s*\/Marked true/.test(pdf), 'tagged');
  assert.ok((pdf.match(/\/Type\s*\/Page\b/g) ?? []).length > 2, 'pages');
  assert.ok(!/file:|\/URI/.test(pdf), 'links');
});

test('the page names what was done and where its record ends', async () => {
  const page = await browser.page();
  await page.goto(pathToFileURL(path.join(report, 'index.html')).href);
  const words = await page.getByRole('main').innerText();
  for (const said of [/Rowan Example/, /yes: this content was sent/, /edition 2/, /held/, /act \d+, [0-9a-f]{64}/]) {
    assert.match(words, said);
  }
  assert.match(project.at('2027-03-16T18:06:00Z', 'verify'), /each as it was written[\s\S]*none changed/);
  await page.context().close();
});
