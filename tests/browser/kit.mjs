// What the tests share: projects in temporary folders, the program, Chromium, and what is asked of every page.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../..');
const program = path.resolve(root, process.env.WEEKCAST_BIN ?? 'target/debug/weekcast');
// The packages lie outside of the work tree; tests/run says where.
const packages = createRequire(path.join(process.env.WEEKCAST_BROWSER_PACKAGES ?? here, 'packages.js'));
const { chromium } = packages('playwright-core');
const axeSource = readFileSync(packages.resolve('axe-core/axe.min.js'), 'utf8');

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** No wait is longer, in milliseconds. */
export const PATIENCE = 20_000;

/** A copy of a project, in a folder that goes with `remove`. */
export class Project {
  constructor(name) {
    this.temporary = mkdtempSync(path.join(tmpdir(), 'weekcast-browser-'));
    this.folder = path.join(this.temporary, 'project');
    if (name === 'shipped') {
      for (const part of ['broadcasts', 'templates', 'recipients.example.toml']) {
        cpSync(path.join(root, part), path.join(this.folder, part), { recursive: true });
      }
    } else {
      cpSync(fixture(name), this.folder, { recursive: true });
    }
  }

  /** The names of its weeks. */
  weeks() {
    const files = readdirSync(path.join(this.folder, 'broadcasts'));
    return files.filter((file) => file.endsWith('.toml')).map((file) => file.slice(0, -'.toml'.length));
  }

  /** Writes the preview of a week and returns its folder. */
  preview(week) {
    const out = path.join(this.temporary, `preview-${week}`);
    const given = ['--project', this.folder, '--week', week, 'preview', '--out', out];
    execFileSync(program, given, { stdio: ['ignore', 'ignore', 'pipe'] });
    return out;
  }

  file(name) {
    return path.join(this.folder, name);
  }

  /** Runs the program at an instant (RFC 3339); whatever its exit status, what it said. */
  at(now, ...given) {
    const run = spawnSync(program, ['--project', this.folder, '--now', now, ...given], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    assert.equal(run.error, undefined);
    return run.stdout + run.stderr;
  }

  remove() {
    rmSync(this.temporary, { recursive: true, force: true });
  }
}

function fixture(name) {
  return path.join(root, 'tests/fixtures', name);
}

/** The projects whose messages are looked at. */
export const projects = ['shipped', 'every-feature'].filter((name) => name === 'shipped' || existsSync(fixture(name)));

/** The folders of a preview's days. */
export function days(preview) {
  return readdirSync(preview).filter((name) => /^\d/.test(name)).sort();
}

/** `preview --serve`, until `stop`. */
export class Served {
  static async of(project, week) {
    const given = ['--project', project.folder, '--week', week, 'preview', '--serve', '--no-open'];
    const child = spawn(program, given, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    const url = await new Promise((done, failed) => {
      const late = setTimeout(() => failed(new Error(`no address: ${said}`)), PATIENCE);
      child.once('exit', () => failed(new Error(`it ended: ${said}`)));
      child.stderr.on('data', (text) => { said += text; });
      child.stdout.on('data', (text) => {
        said += text;
        const found = /(http:\S+)\n/.exec(said);
        if (found) { clearTimeout(late); done(found[1]); }
      });
    });
    const served = new Served();
    Object.assign(served, { child, url });
    return served;
  }

  /** Ends it as Ctrl-C does; resolves to the exit status. */
  stop() {
    if (this.child.exitCode !== null) return Promise.resolve(this.child.exitCode);
    const ended = new Promise((done) => { this.child.once('exit', done); });
    this.child.kill('SIGINT');
    return ended;
  }
}

/**
 * Chromium, which reaches nothing but this computer. `strangers` are the addresses that a page asked for elsewhere,
 * `complaints` what a policy forbade and what broke in a script.
 */
export class Browser {
  static async open() {
    const browser = new Browser();
    browser.strangers = [];
    browser.complaints = [];
    browser.chromium = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
        '--disable-component-update', '--disable-sync', '--disable-default-apps', '--no-default-browser-check',
        '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
    });
    return browser;
  }

  /** A new page in a context of its own. */
  async page({ width = 1100, height = 900, colorScheme = 'light' } = {}) {
    const context = await this.chromium.newContext({ viewport: { width, height }, colorScheme, reducedMotion: 'reduce' });
    context.setDefaultTimeout(PATIENCE);
    context.on('request', (request) => {
      const url = request.url();
      if (!/^(file:|data:|about:|http:\/\/127\.0\.0\.1:)/.test(url)) this.strangers.push(url);
    });
    context.on('weberror', (error) => this.complaints.push(String(error.error())));
    context.on('console', (message) => {
      if (/Content.Security.Policy/i.test(message.text())) this.complaints.push(message.text());
    });
    return context.newPage();
  }

  close() {
    return this.chromium.close();
  }
}

/** Claims that axe finds nothing on the page as it is now. */
export async function accessible(page, what) {
  // By the debugger, because the policies of the pages let no other script in.
  await page.evaluate(axeSource);
  const violations = await page.evaluate(async (tags) => {
    const rules = { 'target-size': { enabled: true } };
    const found = await window.axe.run(document, { runOnly: { type: 'tag', values: tags }, rules, iframes: false });
    return found.violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html.slice(0, 120)).join(' ')}`);
  }, TAGS);
  assert.deepEqual(violations, [], what);
}

/** Claims that nothing has to be scrolled sideways. */
export async function narrow(page, what) {
  const { scroll, width, over } = await page.evaluate(() => {
    const wide = document.documentElement.clientWidth;
    const beyond = [...document.body.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > wide + 1);
    const names = beyond.map((one) => `${one.tagName} ${one.className} ${Math.round(one.getBoundingClientRect().right)}`);
    return { scroll: document.documentElement.scrollWidth, width: wide, over: names.slice(0, 5) };
  });
  assert.ok(scroll <= width, `${what}: ${scroll} pixels in ${width}: ${over.join(', ')}`);
}

/** Looks at a page in each width and colour scheme. */
export async function inAllLooks(page, widths, look) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      await look(`${width} px, ${colorScheme}`);
    }
  }
}
