import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import {
  openTemporaryProject,
  type Serving,
  type TemporaryProject,
} from '../../cli/testing/temporary-project.js';
import { compileSources } from '../../gateway/testing/compiled-sources.js';
import { findProjectRoot } from '../../runtime/project-root.js';
import { buildConsole } from './build-console.js';
import { HAS_BROWSER, openBrowser } from './open-browser.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** A laptop of an office. */
const LAPTOP = { width: 1366, height: 768 };
const PATIENCE = 20_000;

let project: TemporaryProject;
let county: Serving;
let browser: Browser;
/** Departments beside the demo's: one whose files never came. */
let also: string;
/** Where the page is, and the token that `start` printed with it. */
let address: URL;
let token: string;

interface Opened {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the browser complained of, and requests that left the gateway's origin. */
  readonly complaints: readonly string[];
}

async function open(path: string, options: BrowserContextOptions = {}, as = token): Promise<Opened> {
  const context = await browser.newContext({ viewport: LAPTOP, locale: 'zh-CN', ...options });
  context.setDefaultTimeout(PATIENCE);
  const complaints: string[] = [];
  await context.route('**/*', (route) => {
    const { origin } = new URL(route.request().url());
    if (origin === address.origin) return route.continue();
    complaints.push(`asked ${origin}`);
    return route.abort();
  });
  const page = await context.newPage();
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (said) => {
    if (said.type() === 'error' || said.type() === 'warning') complaints.push(said.text());
  });
  await page.goto(`${address.href}#${path}?token=${as}`);
  return { page, context, complaints };
}

/** As whoever sits before the page. */
async function ask<Data>(query: string): Promise<Data> {
  const response = await fetch(county.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query }),
  });
  return ((await response.json()) as { readonly data: Data }).data;
}

const ROWS = 'table.interfaces tr.interface';

beforeAll(async () => {
  if (!HAS_BROWSER) return;
  await buildConsole();
  project = openTemporaryProject(await compileSources());
  also = mkdtempSync(join(tmpdir(), 'eg-also-'));
  cpSync(join(findProjectRoot(), 'examples', 'department'), also, {
    recursive: true,
    filter: (path) => !path.endsWith('.csv'),
  });
  county = await project.serve(['start', '--port', '0', '--also', join(also, 'also.yaml')]);
  browser = await openBrowser();
  const [page = '', given = ''] = county.said(/Console: (\S+)/).split('#token=');
  address = new URL(page);
  token = given;
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await county?.stop();
  project?.remove();
  if (also !== undefined) rmSync(also, { recursive: true, force: true });
});

const describeIf = HAS_BROWSER ? describe : describe.skip;

/** Rows of the table that shows all interfaces, once they are there. */
async function rowsOf(page: Page): Promise<readonly string[]> {
  await page.locator(ROWS).first().waitFor();
  return page.locator(ROWS).allTextContents();
}

describeIf('the files of the console', () => {
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(new URL(path, address), { headers, redirect: 'manual' });

  it('are given to anybody, under a policy that lets nothing in from elsewhere', async () => {
    const page = await get('');
    const text = await page.text();
    expect(page.status).toBe(200);
    expect(page.headers.get('cache-control')).toBe('no-store');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    const [, script = ''] = /src="\.\/([^"]+\.js)"/.exec(text) ?? [];
    const file = await get(script, { 'accept-encoding': 'gzip, br;q=0' });
    expect(file.headers.get('cache-control')).toContain('immutable');
    expect(file.headers.get('content-encoding')).toBe('gzip');
    expect(file.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    const tag = file.headers.get('etag') ?? '';
    const again = await get(script, { 'accept-encoding': 'gzip, br;q=0', 'if-none-match': tag });
    expect(again.status).toBe(304);
    expect((await get(script, { 'accept-encoding': 'br' })).headers.get('content-encoding')).toBe('br');
    expect((await get(script, { 'accept-encoding': 'identity' })).headers.get('content-encoding')).toBeNull();
  });

  it('are found without the stroke at the end of the address, and nothing else is', async () => {
    const moved = await get('/console');
    expect([moved.status, moved.headers.get('location')]).toEqual([308, 'console/']);
    expect((await get('/console/assets/../../package.json')).status).toBe(401);
    expect((await get('/console/nothing.js')).status).toBe(401);
  });
});

describeIf('the page of all interfaces', () => {
  it('shows each of them with its state in words, and takes the token out of its address', async () => {
    const { page, context, complaints } = await open('/');
    const rows = await rowsOf(page);
    const data = await ask<{ readonly interfaces: readonly { readonly name: string }[] }>(
      '{ interfaces { name } }',
    );
    expect(rows).toHaveLength(data.interfaces.length);
    for (const { name } of data.interfaces)
      expect(
        rows.filter((row) => row.includes(`${name} ·`) && /^(正常|异常|中断|未知)/.test(row)),
      ).toHaveLength(1);
    expect(page.url()).toBe(`${address.href}#/`);
    await page.reload();
    expect(await rowsOf(page)).toHaveLength(rows.length);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('tells a dead source as such, why, and what is unknown of it as unknown', async () => {
    const { page, context } = await open('/');
    const row = page.locator(ROWS, { hasText: 'water.inspection' });
    // It is looked at again ten seconds after it failed first.
    await expectSoon(async () => {
      if ((await row.getAttribute('class'))?.includes('is-DOWN') === true) return true;
      await page.reload();
      return false;
    });
    expect(await row.locator('td').first().textContent()).toMatch(/^中断/);
    expect(await row.locator('td[data-label="最新数据距今"]').textContent()).toBe('未知');
    expect(await row.locator('td[data-label="最近整日行数"]').textContent()).toBe('未知');
    const incident = page.locator('.incidents li', { hasText: '涉水工程检查' });
    expect(await incident.textContent()).toMatch(/严重[\s\S]*数据源不应答[\s\S]*如何结束/);
    expect(await page.locator('.counts li.is-DOWN').textContent()).toMatch(/中断\s*[1-9]/);
    await row.locator('a').click();
    await page.locator('.drop', { hasText: '还没有接收过文件' }).waitFor();
    await page.getByRole('button', { name: '知悉' }).click();
    await page.keyboard.type('已联系科室');
    await page.keyboard.press('Enter');
    await page.locator('.acknowledged').waitFor();
    // Somebody sees to it.
    expect(await page.getByRole('button', { name: '知悉' }).count()).toBe(0);
    await page.goBack();
    expect(await incident.locator('.acknowledged').textContent()).toMatch(
      /^已知悉：\S*data-centre，6月30日 \d\d:\d\d：已联系科室$/,
    );
    await context.close();
  });

  it('is filtered by state, department and text, and a reload finds the same', async () => {
    const { page, context } = await open('/');
    await rowsOf(page);
    await page.getByLabel('按名称查找').fill('市场监管');
    await expectSoon(async () => (await page.locator(ROWS).count()) < 12);
    const found = await page.locator(ROWS).count();
    expect(found).toBeGreaterThan(2);
    await page.reload();
    expect(await rowsOf(page)).toHaveLength(found);
    await page.getByLabel('按名称查找').fill('');
    await page.locator('.filters .ant-segmented-item', { hasText: '中断' }).click();
    await expectSoon(async () => (await page.locator(`${ROWS}:not(.is-DOWN)`).count()) === 0);
    await context.close();
  });

  it('is gone through by keyboard alone: to a row, and into it', async () => {
    const { page, context } = await open('/');
    await rowsOf(page);
    const first = await page.locator(`${ROWS} a`).first().getAttribute('href');
    const focused = (): Promise<string | null> =>
      page.evaluate('document.activeElement?.getAttribute("href") ?? null');
    let strokes = 0;
    while ((await focused()) !== first && strokes < 60) {
      await page.keyboard.press('Tab');
      strokes += 1;
    }
    expect(await focused()).toBe(first);
    await page.keyboard.press('Enter');
    await page.locator('h2', { hasText: '接口概要' }).waitFor();
    expect(new URL(page.url()).hash).toBe(first);
    await context.close();
  });

  it('says everything in English as well', async () => {
    const { page, context } = await open('/');
    await rowsOf(page);
    await page.locator('.masthead .ant-segmented-item', { hasText: 'English' }).click();
    await page.locator('h1', { hasText: 'All interfaces' }).waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('en-GB');
    expect((await rowsOf(page)).filter((row) => !/^(Well|Amiss|Down|Unknown)/.test(row))).toEqual([]);
    await context.close();
  });
});

describeIf('the page of one interface', () => {
  it('draws what was measured, and says it to those who do not see it', async () => {
    const { page, context, complaints } = await open('/interface/market.inspection');
    await page.locator('.course canvas').first().waitFor();
    expect(await page.locator('.course [role=img]').first().getAttribute('aria-label')).toMatch(
      /最近 .+，最低 .+，最高/,
    );
    expect(await page.locator('.ant-descriptions').textContent()).toContain('信息科');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('says who holds it back, until when and why', async () => {
    const name = 'market.licence';
    const why = '来源过载';
    await ask(`mutation { openBreaker(interface: "${name}", why: "${why}") { name } }`);
    const { page, context } = await open(`/interface/${name}`);
    expect(await page.locator('.held-back').textContent()).toMatch(
      /已人工熔断至 7月31日.*demo-data-centre：来源过载/,
    );
    expect(await page.locator('.page-head .state').textContent()).toBe('人工熔断');
    await ask(`mutation { closeBreaker(interface: "${name}", why: "恢复") { name } }`);
    await page.reload();
    await page.locator('.page-head .state.is-WELL').waitFor();
    expect(await page.locator('.held-back').count()).toBe(0);
    await context.close();
  });

  it('is paused until a time and resumed, with the reason, by keyboard alone', async () => {
    const name = 'market.penalty';
    const { page, context, complaints } = await open(`/interface/${name}`);
    const button = page.locator('.hands button').first();
    await button.waitFor();
    expect(await button.textContent()).toBe('暂停接口……');
    await button.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    expect(await page.locator('.hands form').count()).toBe(0);
    expect(await focusedText(page)).toBe('暂停接口……');
    await page.keyboard.press('Enter');
    // A reason must be given.
    await page.keyboard.type('   ');
    await page.keyboard.press('Enter');
    expect(await page.locator('.hands input:invalid').count()).toBe(1);
    await page.keyboard.press('Control+A');
    await page.keyboard.type('停机检修');
    const until = page.locator('.hands input[type=datetime-local]');
    expect(await until.inputValue()).toMatch(/^2026-06-30T1[45]:\d\d$/);
    await until.fill('2026-07-02T08:30');
    await page.keyboard.press('Enter');
    await page.locator('.held-back').waitFor();
    expect(await page.locator('.held-back').textContent()).toMatch(
      /已暂停至 7月2日 08:30，\S*demo-data-centre：停机检修/,
    );
    expect(await page.locator('.hands [role=status]').first().textContent()).toBe('已暂停。');
    expect(await page.locator('.page-head .state').textContent()).toBe('暂停');
    expect(await focusedText(page)).toBe('恢复接口……');
    await page.keyboard.press('Enter');
    await page.keyboard.type('检修完毕');
    await page.keyboard.press('Enter');
    await page.locator('.held-back').waitFor({ state: 'detached' });
    expect(await button.textContent()).toBe('暂停接口……');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('is said to be done where it was, when other machines do not know of it', async () => {
    const { page, context } = await open('/interface/market.licence');
    const notice = '其他机器尚不知悉。';
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('ConsolePause(') !== true) return route.continue();
      const data = { pauseInterface: { name: 'market.licence' } };
      const errors = [{ message: notice, extensions: { code: 'HANDS_NOT_SHARED' } }];
      return route.fulfill({ json: { data, errors } });
    });
    await page.locator('.hands button').first().click();
    await page.getByLabel('原因').fill('停机检修');
    await page.locator('.hands button[type=submit]').click();
    await page.locator('.hands .ant-alert').waitFor();
    expect(await page.locator('.hands .ant-alert').textContent()).toBe(notice);
    expect(await page.locator('.hands [role=status]').first().textContent()).toBe('已暂停。');
    await context.close();
  });

  it('has the breaker of its source opened and closed, and says what the gateway does not want', async () => {
    const { page, context } = await open('/interface/market.registration');
    const button = page.locator('.hands button').nth(1);
    await button.click();
    // As a browser that knows no such field would send it.
    await page.evaluate('document.querySelector(".hands form").noValidate = true');
    await page.getByLabel('原因').fill('来源过载');
    await page.getByLabel('北京时间').fill('2027-01-01T00:00');
    await page.locator('.hands button[type=submit]').click();
    expect(await page.locator('.hands .ant-alert').textContent()).toMatch(/没有完成：.*31 天/);
    await page.getByLabel('北京时间').fill('2026-07-01T00:00');
    await page.locator('.hands button[type=submit]').click();
    await page.locator('.held-back', { hasText: '已人工熔断至 7月1日 00:00' }).waitFor();
    await page.getByRole('button', { name: '解除熔断' }).click();
    await page.getByLabel('原因').fill('恢复');
    await page.keyboard.press('Enter');
    await page.locator('.held-back').waitFor({ state: 'detached' });
    await context.close();
  });

  it('offers nothing to do to a role that may not', async () => {
    const { page, context, complaints } = await open(
      '/interface/market.inspection',
      {},
      county.said(/^ANALYST=(\S+)/m),
    );
    await page.locator('.course canvas').first().waitFor();
    await page.waitForLoadState('networkidle');
    expect(await page.locator('.hands, .act').count()).toBe(0);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('says that there is none of a name', async () => {
    const { page, context } = await open('/interface/nobody.here');
    await page.locator('h1', { hasText: '没有名为 nobody.here 的接口' }).waitFor();
    await context.close();
  });
});

describeIf('the page of a request', () => {
  it('is one step from the id that a user was shown: who asked, which calls, and what is missing', async () => {
    const asked = await fetch(county.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${county.said(/^ANALYST=(\S+)/m)}`,
      },
      body: JSON.stringify({ query: 'query Newest { inspections(first: 3) { nodes { id } } }' }),
    });
    await asked.text();
    const { page, context, complaints } = await open('/');
    await rowsOf(page);
    await page.getByLabel('按请求编号查找').fill(asked.headers.get('x-request-id') ?? '');
    await page.keyboard.press('Enter');
    await page.locator('.timeline tbody tr').first().waitFor();
    expect(await page.locator('main').textContent()).toMatch(/demo-analyst[\s\S]*Newest/);
    expect(await page.locator('.timeline', { hasText: 'water.inspection' }).textContent()).toContain(
      'SOURCE_',
    );
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('says that there is none of an id', async () => {
    const { page, context } = await open('/request/nobody-asked');
    await page.locator('h1', { hasText: '没有编号为 nobody-asked 的请求' }).waitFor();
    await context.close();
  });
});

describeIf('the wall', () => {
  it('shows every interface and what is amiss on one screen', async () => {
    const { page, context, complaints } = await open('/wall', { viewport: { width: 1920, height: 1080 } });
    await page.locator('.tile').first().waitFor();
    const places = (await page.evaluate(
      'Array.from(document.querySelectorAll(".tile, .wall-incidents li"), (e) => { const { right, bottom, width } = e.getBoundingClientRect(); return { right, bottom, width }; })',
    )) as readonly { readonly right: number; readonly bottom: number; readonly width: number }[];
    expect(places.length).toBeGreaterThan(80);
    expect(places.filter(({ right, bottom, width }) => right > 1920 || bottom > 1080 || width < 100)).toEqual(
      [],
    );
    expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('dark');
    expect(complaints).toEqual([]);
    await context.close();
  });
});

const PAGES = [
  ['/', ROWS],
  ['/interface/market.inspection', '.course canvas'],
  ['/wall', '.tile'],
] as const;

describeIf('at 200 %', () => {
  it.each(PAGES.slice(0, 2))('nothing of %s is lost sideways', async (path, shown) => {
    const zoomed = { viewport: { width: LAPTOP.width / 2, height: LAPTOP.height / 2 }, deviceScaleFactor: 2 };
    const { page, context } = await open(path, zoomed);
    await page.locator(shown).first().waitFor();
    const [whole, seen] = (await page.evaluate('[document.documentElement.scrollWidth, innerWidth]')) as [
      number,
      number,
    ];
    expect(whole).toBeLessThanOrEqual(seen);
    const cut = await page.evaluate(
      'Array.from(document.querySelectorAll("td, th, h1, h2, p, a, button")).filter((e) => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX === "hidden" && !e.matches(".unseen, .skip")).map((e) => e.outerHTML.slice(0, 120))',
    );
    expect(cut).toEqual([]);
    await context.close();
  });
});

describeIf('axe finds nothing to object to', () => {
  const violationsOf = async (page: Page): Promise<unknown> => {
    await page.evaluate(AXE);
    return page.evaluate(
      'axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.slice(0, 3).map(({ html, failureSummary }) => html.slice(0, 160) + failureSummary)]))',
    );
  };

  it.each(['light', 'dark'] as const)('on any page, %s', async (colorScheme) => {
    for (const [path, shown] of PAGES) {
      const { page, context } = await open(path, { colorScheme });
      await page.locator(shown).first().waitFor();
      expect([path, await violationsOf(page)]).toEqual([path, []]);
      await context.close();
    }
  });

  it.each(['light', 'dark'] as const)('on the form that asks why, %s', async (colorScheme) => {
    const { page, context } = await open('/interface/market.inspection', { colorScheme });
    await page.getByRole('button', { name: '暂停接口' }).click();
    await page.getByLabel('原因').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await context.close();
  });

  it.each(['light', 'dark'] as const)('on the page that asks for a token, %s', async (colorScheme) => {
    const { page, context } = await open('/', { colorScheme }, 'x.y.z');
    await page.getByLabel('请输入凭据').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await context.close();
  });
});

describeIf('whoever is not let in', () => {
  it.each([
    ['with a token that is none', () => 'x.y.z', '凭据无效或已过期'],
    ['with a role that may not see it', () => county.said(/^SYSTEM=(\S+)/m), '无权查看接口状态'],
  ])('%s is told so, and may enter another one', async (_, wrong, told) => {
    const { page, context } = await open('/', {}, wrong());
    await page.locator('.ant-alert', { hasText: told }).waitFor();
    expect(await page.evaluate('sessionStorage.length')).toBe(0);
    await page.getByLabel('请输入凭据').fill(token);
    await page.keyboard.press('Enter');
    expect((await rowsOf(page)).length).toBeGreaterThan(80);
    await context.close();
  });
});

/** The last of this file: it ends the county. */
describeIf('while the gateway is away', () => {
  it('the page keeps what it knew, and says how old it is', async () => {
    const { page, context } = await open('/');
    await page.clock.install();
    await page.reload();
    const rows = await rowsOf(page);
    await county.stop();
    await page.clock.fastForward(60_000);
    const notice = page.locator('.away');
    await notice.waitFor();
    expect(await notice.textContent()).toMatch(/网关不应答，以下是 \d+(分钟|秒)前取得的数据/);
    expect(await rowsOf(page)).toHaveLength(rows.length);
    await context.close();
  });
});

function focusedText(page: Page): Promise<string | null> {
  return page.evaluate('document.activeElement?.textContent ?? null');
}

/** Waits for what the page is about to show. */
async function expectSoon(holds: () => Promise<boolean>): Promise<void> {
  const until = performance.now() + PATIENCE;
  while (!(await holds())) {
    if (performance.now() > until) throw new Error('it did not come to hold');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
