export const name = 'reduced motion, forced colours and paper are respected';

export default async function ({ open, employee, expect }) {
  const ola = employee();
  await ola.posts('/chat', { text: 'Hvordan kobler jeg til VPN hjemmefra?' });
  const page = await open({ person: ola, reducedMotion: 'reduce' });
  await page.goto('/');
  const moving = () => page.evaluate(() => [...document.querySelectorAll('*')].filter((it) => {
    const { animationName, animationDuration, transitionDuration } = getComputedStyle(it);
    return (animationName !== 'none' && parseFloat(animationDuration) > 0.01) || parseFloat(transitionDuration) > 0.01;
  }).length);
  expect.equal(await moving(), 0, 'nothing moves');

  await page.emulateMedia({ forcedColors: 'active' });
  const unframed = await page.evaluate(() => [...document.querySelectorAll('button:not(.ds-link), textarea, .line:not(.event)')]
    .filter((it) => it.checkVisibility() && getComputedStyle(it).borderTopStyle === 'none').map((it) => it.outerHTML.slice(0, 80)));
  expect.deepEqual(unframed, [], 'controls and lines have edges without our colours');

  await page.emulateMedia({ forcedColors: null, media: 'print' });
  await page.goto('/kb/nb/vpn-hjemmekontor');
  for (const hidden of ['.top', '.foot']) expect.equal(await page.locator(hidden).isVisible(), false, `${hidden} is not printed`);
  expect(await page.locator('article').isVisible(), 'the article is');
}
