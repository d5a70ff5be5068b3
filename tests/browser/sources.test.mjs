// The files served to browsers are what their sources build to, agree with their types, and are small.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { page, pageSite } from './box.mjs';
import { browse, need, root, serve } from './site.mjs';

const folder = join(root, 'crates/query/web/box');

test('the built files are what the sources build to', () => {
  execFileSync(process.execPath, ['build.mjs', '--check'], { cwd: folder });
});

test('the types hold', () => {
  const tsc = join(dirname(need.resolve('typescript/package.json')), 'bin/tsc');
  execFileSync(process.execPath, [tsc, '--noEmit'], { cwd: folder, stdio: 'pipe' });
});

test('sizes, compressed', async (t) => {
  const server = await serve();
  for (const [path, most] of [
    ['/verbatim-search.js', 5000],
    ['/verbatim-player.js', 1000],
  ])
    await t.test(path, async () => {
      const body = Buffer.from(await (await fetch(server.url + path)).arrayBuffer());
      assert.deepEqual(body, readFileSync(join(root, 'crates/query/web/dist', path)), 'the program serves another file');
      const size = gzipSync(body, { level: 9 }).length;
      assert.ok(size <= most, `${size} bytes, ${most} are allowed`);
    });
});

/** The bytes of an answer as browsers ask for it, and what is in it. */
const answered = (url) =>
  new Promise((done, fail) => {
    get(url, { headers: { 'accept-encoding': 'gzip' } }, async (response) => {
      const body = Buffer.concat(await response.toArray());
      done({ size: body.length, answer: JSON.parse(gunzipSync(body)) });
    }).on('error', fail);
  });

test('answers to the box, compressed', async (t) => {
  const tab = await browse();
  const server = await serve();
  await tab.goto((await pageSite(page(server.url))).url);
  const asking = tab.waitForRequest(/api.search/);
  await tab.locator('input').pressSequentially('GAR', { delay: 5 });
  const address = new URL((await asking).url());
  let passages = 0;
  for (const query of ['GAR', 'ENT', 'élève', 'classe', 'accès aux ressources', 'numérique', 'vidéo'])
    await t.test(query, async () => {
      address.searchParams.set('q', query);
      const { size, answer } = await answered(address);
      passages = Math.max(passages, answer.results.flatMap(({ snippets }) => snippets).length);
      assert.ok(answer.results.length, 'nothing found');
      assert.ok(size <= 1600, `${size} bytes, 1600 are allowed`);
    });
  assert.ok(passages > 9, `the lists are not full: ${passages} passages at most`);
});
