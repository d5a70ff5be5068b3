// The pages in a browser: for everyone (axe, languages, light and dark, small screens, spacing of text), without scripts,
// and under their own policy.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browse, check, serve, until } from './site.mjs';

const server = await serve([]);

const pages = {
  'the first page': '/',
  results: '/?q=GAR',
  'many results': '/?q=élèves',
  'a correction': '/?q=numérqiue',
  'no result': '/?q=%22du+tout+introuvable%22',
  'a filter': '/?q=GAR&area=Webinaires',
  reading: '/transcripts/webinaires/le-gar-et-l-ent-au-quotidien-qui-fait-quoi?q=GAR',
  'reading with times': '/transcripts/tourterelles?q=tourterelles',
  'no such page': '/transcripts/absent',
  'in a frame': '/embed?q=GAR',
};

/** The address of a page in a language and theme. */
function to(path, lang, theme) {
  const url = new URL(path, server.url);
  if (lang !== 'fr') url.searchParams.set('lang', lang);
  if (theme) url.searchParams.set('theme', theme);
  return url.href;
}

for (const colorScheme of ['light', 'dark'])
  for (const lang of ['fr', 'en'])
    test(`axe finds nothing, ${lang}, ${colorScheme}`, async () => {
      const page = await browse({ colorScheme, bypassCSP: true });
      for (const [name, path] of Object.entries(pages)) {
        await page.goto(to(path, lang));
        await check(page).catch((error) => assert.fail(`${name}: ${error.message}`));
      }
    });

for (const [name, options, theme] of [
  ['the state’s colours, light', { colorScheme: 'light' }, 'dsfr'],
  ['the state’s colours, dark', { colorScheme: 'dark' }, 'dsfr'],
  ['forced colours', { forcedColors: 'active' }],
  ['a small screen', { viewport: { width: 320, height: 640 } }],
])
  test(`axe finds nothing, ${name}`, async () => {
    const page = await browse({ bypassCSP: true, ...options });
    for (const path of [pages['many results'], pages.reading]) {
      await page.goto(to(path, 'fr', theme));
      await check(page);
    }
  });

// RGAA 10.4, 10.11, 10.12: 320 px, twice the size of text, and wider spacing all at once.
const spaced = `* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
  p { margin-block-end: 2em !important }`;

test('nothing is cut off on small screens, with large text, or with text spaced out', async () => {
  for (const [width, size, style] of [[320, '100%', ''], [320, '100%', spaced], [640, '200%', ''], [1280, '200%', spaced]]) {
    const page = await browse({ viewport: { width, height: 800 }, bypassCSP: true });
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(to(path, 'fr'));
      await page.addStyleTag({ content: `html { font-size: ${size} } ${style}` });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(over <= 0, `${name} at ${width} px, ${size}: ${over} px too wide`);
      const cut = await page.evaluate(() =>
        [...document.querySelectorAll('a, button, h1, h2, h3, p, label')]
          .filter((box) => !box.closest('.hidden, .skip') && box.scrollWidth > box.clientWidth + 1 && getComputedStyle(box).overflow === 'hidden')
          .map((box) => box.outerHTML.slice(0, 100)));
      assert.deepEqual(cut, [], name);
    }
    await page.context().close();
  }
});

test('without scripts a question leads to results and from there to the passage', async () => {
  const page = await browse({ javaScriptEnabled: false });
  await page.goto(server.url);
  await page.getByLabel('Rechercher dans les vidéos').fill('tourterelles');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Résultats pour « tourterelles »' }).waitFor();
  await page.getByRole('link', { name: /^À \d+ seconde.*tourterelles/i }).first().click();
  assert.match(page.url(), /\/transcripts\/tourterelles\?q=tourterelles#t=\d+$/);
  const place = page.locator(':target');
  await place.waitFor();
  assert.ok(await place.evaluate((anchor) => anchor.closest('p').querySelector('mark') !== null));
  assert.equal(await page.getByRole('button', { name: 'Lire la vidéo' }).count(), 0, 'no button that does nothing');
});

test('without scripts a filter narrows the results', async () => {
  const page = await browse({ javaScriptEnabled: false });
  await page.goto(`${server.url}/?q=GAR`);
  await page.getByLabel('Domaine').selectOption('Webinaires');
  await page.getByRole('button', { name: 'Filtrer' }).click();
  assert.match(page.url(), /[?&]area=Webinaires/);
  assert.equal(await page.getByRole('heading', { level: 3 }).count(), 1);
});

test('the keyboard reaches the content first, and shows where it is', async () => {
  const page = await browse();
  await page.goto(`${server.url}/?q=GAR`);
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Aller au contenu' });
  assert.ok(await skip.evaluate((link) => link === document.activeElement && link.getBoundingClientRect().left >= 0));
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  const focused = await page.evaluate(() => {
    const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
    return { inMain: !!document.activeElement.closest('main'), outlineStyle, outlineWidth };
  });
  assert.deepEqual(focused, { inMain: true, outlineStyle: 'solid', outlineWidth: '3px' });
});

test('a click anywhere on a passage leads to it', async () => {
  const page = await browse();
  await page.goto(`${server.url}/?q=tourterelles`);
  // The link lies over its passage, which is what takes the click.
  await page.locator('.passages q').first().click({ force: true });
  await page.waitForURL(/\/transcripts\/tourterelles\?q=tourterelles#t=\d+$/);
});

test('the pages break none of their own rules', async () => {
  const page = await browse();
  const broken = [];
  page.on('console', (message) => /Content.Security.Policy/i.test(message.text()) && broken.push(message.text()));
  const elsewhere = [];
  page.on('request', (request) => request.url().startsWith(server.url) || elsewhere.push(request.url()));
  for (const path of Object.values(pages)) {
    await page.goto(to(path, 'fr'));
    await page.waitForLoadState('networkidle');
  }
  assert.deepEqual(broken, []);
  assert.deepEqual(elsewhere, [], 'nothing is asked of anyone else');
  assert.deepEqual(page.errors, []);
  const stored = await page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length]);
  assert.deepEqual(stored, ['', 0, 0]);
});

test('a frame says how high it would like to be, and opens its links outside', async () => {
  const page = await browse({ bypassCSP: true });
  await page.goto(server.url);
  await page.evaluate((source) => {
    addEventListener('message', (event) => event.data.type === 'verbatim-height' && (window.height = event.data.height));
    const frame = document.createElement('iframe');
    frame.src = source;
    document.body.append(frame);
  }, `${server.url}/embed?q=tourterelles`);
  assert.ok((await until(() => page.evaluate(() => window.height))) > 200);
  await page.frameLocator('iframe').getByRole('heading', { level: 3 }).getByRole('link').first().click();
  await page.waitForURL(/\/transcripts\/tourterelles/);
});
