// What the browser tests share: the program serving transcripts, sites that use it, and a browser.
//
// A test file says what it needs and what must hold:
//
//   import { browse, check, site, serve } from './site.mjs';
//   const server = await serve();                     // the real program over data/ and ./talks
//   const page = await browse({ locale: 'fr-FR' });   // a page in a context of its own
//   await page.goto(`${server.url}/?q=GAR`);
//   await check(page);                                // every rule of axe: no violation
//
// All that is made here ends with the test file; who runs none says `end()`. `VERBATIM` names the program; without it,
// the one of `cargo build`.

import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** The packages are those of the search box. */
export const need = createRequire(new URL('../../crates/query/web/box/package.json', import.meta.url));
const { chromium } = need('playwright-core');

const program = process.env.VERBATIM ?? join(root, 'target/debug/verbatim');
const chrome = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

const folder = mkdtempSync(join(tmpdir(), 'verbatim-browser-'));
const ends = [() => rmSync(folder, { recursive: true, force: true })];

/** Ends all that was made. */
export async function end() {
  for (const stop of ends.splice(0).reverse()) await stop();
}

// Outside of tests, `after` would begin one.
if (process.env.NODE_TEST_CONTEXT) after(end);

let index;

/** Indexes data/ and ./talks, once for a test file. */
function indexed() {
  index ??= join(folder, 'index');
  if (!existsSync(index)) {
    const paths = [join(root, 'data'), join(root, 'tests/browser/talks')];
    execFileSync(program, ['index', ...paths, '--index', index], { stdio: 'pipe' });
  }
  return index;
}

/** Starts the program on a port of its own; sites of all origins may ask unless other arguments are given. */
export async function serve(args = ['--allow-origin', '*']) {
  const child = spawn(program, ['serve', '--index', indexed(), '--listen', '127.0.0.1:0', ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise((done) => child.once('exit', done));
  const stop = async () => {
    child.kill();
    await ended;
  };
  ends.push(stop);
  let talk = '';
  const url = await new Promise((done, fail) => {
    child.stderr.on('data', (data) => {
      talk += data;
      const found = /http:\/\/[^,\s]+/.exec(talk);
      if (found) done(found[0]);
    });
    ended.then(() => fail(new Error(`the server did not start: ${talk}`)));
  });
  return { url, stop };
}

/**
 * Another site, on a port of its own. `answer` is given the request and gives a page, or `{ status, headers, body }`;
 * a promise for either makes a slow site.
 */
export async function site(answer) {
  const server = createServer(async (request, response) => {
    const given = await answer(request);
    const { status = 200, headers = {}, body = '' } = typeof given === 'string' ? { body: given } : given ?? { status: 404 };
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers });
    response.end(body);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const stop = () =>
    new Promise((done) => {
      server.close(done);
      server.closeAllConnections();
    });
  ends.push(stop);
  return { url: `http://127.0.0.1:${server.address().port}`, stop };
}

let launched;

/** A page in a context of its own, with the options of Playwright's `newContext`. What it throws fails the test. */
export async function browse(options = {}) {
  launched ??= chromium.launch({
    executablePath: chrome,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync', '--disable-component-update', '--disable-background-networking'],
  });
  const browser = await launched;
  if (ends.browser !== browser) {
    ends.browser = browser;
    ends.push(() => browser.close());
  }
  const context = await browser.newContext({ locale: 'fr-FR', viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.errors = [];
  page.on('pageerror', (error) => page.errors.push(error));
  return page;
}

const axe = need('axe-core').source;

/** What all rules of axe, those of the highest level and the experimental ones too, find wrong with a page. */
export async function violations(page) {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const rules = Object.fromEntries(axe.getRules().map(({ ruleId }) => [ruleId, { enabled: true }]));
    const { violations } = await axe.run(document, { rules });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`));
  });
}

/** Fails where axe finds anything, or where a script has failed. */
export async function check(page) {
  const found = [...(await violations(page)), ...page.errors.map(String)];
  if (found.length) throw new Error(found.join('\n'));
}

/** Asks again and again until there is an answer that is neither false nor undefined. */
export async function until(ask, what = ask) {
  const start = Date.now();
  while (Date.now() - start < 20_000) {
    const answer = await ask();
    if (answer) return answer;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error(`waited in vain: ${what}`);
}
