// Who uses a screen reader, forced colours or a dark screen finds the search box whole.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { box, listed, page, pageSite } from './box.mjs';
import { browse, check, serve, site } from './site.mjs';

const server = await serve();
const french = await pageSite(page(server.url));
const english = await pageSite(page(server.url, { lang: 'en' }));
const failing = await site(() => ({ status: 503, headers: { 'access-control-allow-origin': '*' } }));
const broken = await pageSite(page(server.url, { body: box(failing.url) }));

const STATES = {
  closed: async () => {},
  open: async (tab) => {
    await tab.locator('input').pressSequentially('tourterelles');
    await tab.getByRole('option').first().waitFor();
  },
  'option chosen': async (tab) => {
    await tab.locator('input').pressSequentially('classe');
    // Another list would take the choice away.
    await listed(tab, 'classe');
    await tab.keyboard.press('ArrowDown');
  },
  corrected: async (tab) => {
    await tab.locator('input').pressSequentially('numérqiue');
    await tab.getByRole('alert').filter({ hasText: 'numérique' }).waitFor();
  },
  'no result': async (tab) => {
    await tab.locator('input').pressSequentially('zzzqqq');
    await tab.getByRole('status').filter({ hasText: 'zzzqqq' }).waitFor();
  },
};

test('axe finds nothing', async (t) => {
  for (const [language, { url }] of [['fr', french], ['en', english]])
    for (const look of [{ colorScheme: 'light' }, { colorScheme: 'dark' }, { forcedColors: 'active' }])
      await t.test(`${language} ${Object.values(look)}`, async () => {
        const tab = await browse(look);
        for (const [name, reach] of Object.entries(STATES)) {
          await tab.goto(url);
          await reach(tab);
          await check(tab).catch((error) => assert.fail(`${name}: ${error.message}`));
        }
        await tab.goto(broken.url);
        await tab.locator('input').pressSequentially('tortue');
        await tab.getByRole('alert').filter({ hasText: 'ne répond pas' }).waitFor();
        await check(tab);
        await tab.context().close();
      });
});

test('axe finds nothing on /integrer', async (t) => {
  for (const language of ['fr', 'en'])
    for (const colorScheme of ['light', 'dark'])
      await t.test(`${language} ${colorScheme}`, async () => {
        const tab = await browse({ colorScheme });
        await tab.goto(`${server.url}/integrer?lang=${language}`);
        assert.equal(await tab.getAttribute('html', 'lang'), language);
        await check(tab);
        await tab.locator('#essai').pressSequentially('tortue');
        await tab.getByRole('option').first().waitFor();
        await check(tab);
        await tab.context().close();
      });
});

// What is in the accessibility tree, after the state above.
const HEARD = [
  // language, query, role, what it says
  ['fr', 'tourterelles', 'status', '1 vidéo. Flèche bas pour parcourir les passages.'],
  ['en', 'tourterelles', 'status', '1 video. Press down arrow to browse the passages.'],
  ['fr', 'zzzqqq', 'status', 'Aucun passage pour «\u00a0zzzqqq\u00a0».'],
  ['en', 'zzzqqq', 'status', 'No passage for “zzzqqq”.'],
  ['fr', 'numérqiue', 'alert', 'Aucun passage pour «\u00a0numérqiue\u00a0». Résultats pour «\u00a0numérique\u00a0».'],
  ['en', 'numérqiue', 'alert', 'No passage for “numérqiue”. Showing “numérique”.'],
];

test('announcements', async (t) => {
  for (const [language, query, role, expected] of HEARD)
    await t.test(`${language} ${query}`, async () => {
      const tab = await browse();
      await tab.goto((language === 'fr' ? french : english).url);
      assert.deepEqual(await tab.evaluate(() => ['status', 'alert'].map((role) => document.querySelector(`[role=${role}]`)?.textContent)), ['', ''], 'both wait, empty');
      await tab.locator('input').pressSequentially(query);
      await tab.getByRole(role).filter({ hasText: expected }).waitFor();
      assert.equal(await tab.getByRole(role).textContent(), expected);
      await tab.context().close();
    });
  await t.test('with fingers, nothing about arrow keys', async () => {
    const tab = await browse({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 800 } });
    await tab.goto(french.url);
    await tab.locator('input').pressSequentially('tourterelles');
    await tab.getByRole('status').filter({ hasText: '1 vidéo.' }).waitFor();
    assert.equal(await tab.getByRole('status').textContent(), '1 vidéo.');
    await tab.getByRole('option').first().tap();
    await tab.waitForURL(`${server.url}/transcripts/**`);
  });
  await t.test('results are announced when the keys rest', async () => {
    const tab = await browse();
    await tab.goto(french.url);
    await tab.locator('input').pressSequentially('tortue');
    await tab.getByRole('option').first().waitFor();
    assert.equal(await tab.getByRole('status').textContent(), '');
  });
});

test('the accessibility tree', async (t) => {
  for (const [language, url, list, moment] of [
    ['fr', french.url, 'Passages trouvés', 'à 1 minute 23 secondes'],
    ['en', english.url, 'Passages found', 'at 1 minute 23 seconds'],
  ])
    await t.test(language, async () => {
      const tab = await browse();
      await tab.goto(url);
      await tab.locator('input').pressSequentially('tourterelles');
      await listed(tab, 'tourterelles');
      const field = tab.getByRole('combobox', { name: 'Rechercher dans les vidéos', expanded: true });
      assert.equal(await field.count(), 1);
      assert.equal(await field.getAttribute('aria-activedescendant'), null, 'nothing is chosen before a key says so');
      const protocol = await tab.context().newCDPSession(tab);
      const { nodes } = await protocol.send('Accessibility.getFullAXTree');
      const of = (role) => nodes.filter((node) => node.role?.value === role).map((node) => node.name?.value.replace(/\s+/g, ' '));
      assert.deepEqual(of('listbox'), [list]);
      const [first, second, last] = of('option');
      const name = new RegExp(`^Les tourterelles du préau ${moment}\\. À la récréation, on compte les tourterelles sans faire de bruit`);
      assert.ok([first, second].some((option) => name.test(option)), `${first}\n${second}`);
      assert.match(last, language === 'fr' ? /^Tous les résultats : 1 vidéo$/ : /^All results: 1 video$/);
      await tab.keyboard.press('ArrowDown');
      const chosen = tab.getByRole('option', { selected: true });
      assert.equal(await field.getAttribute('aria-activedescendant'), await chosen.getAttribute('id'));
    });
});

test('forced colours show which option is chosen', async () => {
  const tab = await browse({ forcedColors: 'active' });
  await tab.goto(french.url);
  await STATES['option chosen'](tab);
  const [chosen, other] = await tab.evaluate(() =>
    [...document.querySelectorAll('[role=option]')].slice(0, 2).map((option) => getComputedStyle(option).outlineStyle),
  );
  assert.deepEqual([chosen, other], ['solid', 'none']);
});

test('nothing moves by itself', async () => {
  const tab = await browse({ reducedMotion: 'reduce' });
  await tab.goto(french.url);
  await STATES['option chosen'](tab);
  assert.equal(await tab.evaluate(() => document.getAnimations().length), 0);
});
