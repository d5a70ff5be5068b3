// The files served to browsers are what their sources build to, agree with their types, and are small.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { need, root, serve } from './site.mjs';

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
