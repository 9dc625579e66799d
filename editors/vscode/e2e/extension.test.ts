// The extension in a real VS Code. The tests run one after the other in one window, each on files of its own, as far as
// they change any.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { until, VSCode } from './vscode.ts';

const shop = 'src/main/python/org/shop';
let code: VSCode;

/** After so many failures the rest is not tried: each takes as long as the patience lasts. */
const maxFailures = 3;
let failures = 0;

before(async () => {
  mkdirSync('e2e/screenshots', { recursive: true });
  code = await VSCode.start();
});

after(() => code?.close());

/** Runs a test; if it fails there is a picture of why. */
function scenario(name: string, run: () => Promise<void>): void {
  test(name, async (t) => {
    if (failures >= maxFailures) {
      t.skip('too many failures');
      return;
    }
    try {
      await run();
    } catch (error) {
      failures++;
      await code.picture(`failed ${name}`);
      throw error;
    }
  });
}

const squiggles = '.squiggly-warning, .squiggly-error';

scenario('the status bar shows the server and its index', async () => {
  await code.open(`${shop}/orders/BUILD`);
  await code.status.filter({ hasText: 'buildlint' }).waitFor();
  await code.status.locator('.codicon-check').waitFor();
  await code.status.hover();
  const hover = code.page.locator('.monaco-hover', { hasText: 'buildls' });
  await hover.filter({ hasText: /Indexing shop: \d+ packages/ }).waitFor();
  await code.page.mouse.move(600, 300);
});

scenario('a BUILD file has a language and colours', async () => {
  await code.page.locator('.statusbar-item', { hasText: 'BUILD file' }).waitFor();
  await until('colours', async () => {
    const classes = await code.editor.locator('.view-line span span').evaluateAll((n) => n.map((s) => s.className));
    return new Set(classes).size > 3;
  });
});

scenario('findings are underlined and listed, those of files that are not open too', async () => {
  await code.editor.locator(squiggles).first().waitFor();
  await code.run('Problems: Focus on Problems View');
  await code.problems.filter({ hasText: 'the name is redundant' }).first().waitFor();
  await code.problems.filter({ hasText: 'redundant-target-name' }).first().waitFor();
  await code.problems.filter({ hasText: /mail/ }).first().waitFor();
  await code.problems.filter({ hasText: 'did you mean' }).first().waitFor();
  await code.picture('problems');
});

scenario('a quick fix is offered and applied', async () => {
  await code.open(`${shop}/orders/BUILD`);
  await code.goTo(5, 10);
  const action = code.page.locator('.action-widget .monaco-list-row');
  await code.summon('Control+.', action.filter({ hasText: 'Suppress redundant-target-name here' }));
  await code.picture('finding', code.editors);
  await code.page.keyboard.press('Enter');
  await until('the fix', async () => (await code.text()).includes("'src/main/python/org/shop/cart',"));
  await code.editor.locator(squiggles).first().waitFor({ state: 'detached' });
});

scenario('saving applies all safe fixes', async () => {
  const file = `${shop}/report/BUILD`;
  assert.match(code.read(file), /money:money/);
  await code.open(file);
  await code.editor.locator(squiggles).first().waitFor();
  await code.goTo(1, 1);
  await code.page.keyboard.type('# Reports.');
  await code.page.keyboard.press('Enter');
  await code.page.keyboard.press('Control+S');
  await until('the file to be saved', () => code.read(file).startsWith('# Reports.\n'));
  assert.equal(
    code.read(file),
    `# Reports.
python_library(
  name = 'report',
  sources = rglobs('*.py'),
  dependencies = [
    '3rdparty/python:click',
    'src/main/python/org/shop/money',
    'src/main/python/org/shop/orders',
  ],
)
`,
  );
});

scenario('the definition of an address is in another file', async () => {
  await code.open(`${shop}/cart/BUILD`);
  await code.goTo(6, 30);
  await code.page.keyboard.press('F12');
  await until('the other file', async () => (await code.shown()) === `${shop}/money/BUILD`);
  await until('the cursor on the target', async () => /Ln [12], /.test(await code.cursor()));
});

scenario('hover tells of a target', async () => {
  await code.open(`${shop}/cart/BUILD`);
  await code.goTo(6, 30);
  await code.run('Show or Focus Hover');
  const hover = code.page.locator('.monaco-hover', { hasText: 'Dependents' });
  await hover.filter({ hasText: 'rates.csv' }).or(hover.filter({ hasText: '__init__.py' })).first().waitFor();
  await code.picture('hover', code.editors);
  await code.page.keyboard.press('Escape');
});

scenario('a lens shows the dependents of a target', async () => {
  await code.open(`${shop}/money/BUILD`);
  const lens = code.editor.locator('.codelens-decoration a', { hasText: 'dependents' }).first();
  await lens.waitFor();
  await lens.click();
  const peek = code.page.locator('.peekview-widget');
  await peek.locator('.reference-file, .monaco-list-row').filter({ hasText: 'BUILD' }).first().waitFor();
  await code.picture('dependents', code.editors);
  await code.page.keyboard.press('Escape');
  await code.page.keyboard.press('Escape');
});

scenario('a target is renamed in the three files that name it', async () => {
  const files = ['3rdparty/python/BUILD', `${shop}/cart/BUILD`, `${shop}/report/BUILD`];
  for (const file of files) {
    assert.match(code.read(file), /click/);
  }
  await code.open(files[0]!);
  await code.goTo(2, 13);
  const input = code.page.locator('.rename-box input');
  await code.summon('F2', input);
  await input.fill('command-line');
  await code.page.keyboard.press('Enter');
  await until('the text', async () => (await code.text()).includes("name = 'command-line'"));
  await code.run('File: Save All Files');
  await until('the three files', () => files.every((f) => code.read(f).includes('command-line')));
  assert.match(code.read(files[1]!), /'3rdparty\/python:command-line'/);
  assert.match(code.read(files[0]!), /click==8/);
});

scenario('an address is completed', async () => {
  await code.open(`${shop}/money/BUILD`);
  await code.goTo(5, 15);
  await code.page.keyboard.press('Enter');
  await code.page.keyboard.type("'',"); // the same whether or not the editor closes a quote by itself
  await code.page.keyboard.press('ArrowLeft');
  await code.page.keyboard.press('ArrowLeft');
  await code.page.keyboard.type('src/main/python/org/shop/', { delay: 20 });
  const row = code.page.locator('.suggest-widget .monaco-list-row', { hasText: 'shop/orders' });
  await row.first().waitFor();
  await code.picture('completion', code.editors);
  await code.page.keyboard.type('ord', { delay: 50 });
  await row.first().waitFor();
  await code.page.keyboard.press('Tab');
  await until('the address', async () => (await code.text()).includes("'src/main/python/org/shop/orders'"));
  await code.run('File: Revert File');
});

/** Mends and misspells an address in a file on disk, and waits until each is seen. */
async function misspell(): Promise<void> {
  const file = `${shop}/mail/BUILD`;
  const wrong = code.read(file);
  const finding = code.problems.filter({ hasText: 'unresolved-dependency' }).first();
  code.write(file, wrong.replace('moneys', 'money'));
  await finding.waitFor({ state: 'detached' });
  code.write(file, wrong);
  await finding.waitFor();
}

scenario('a change of a file outside of the editor is seen', async () => {
  await code.run('Problems: Focus on Problems View');
  await misspell();
});

scenario('a BUILD file that another extension calls something else is linted all the same', async () => {
  await code.open(`${shop}/mail/BUILD`);
  await code.page.locator('.statusbar-item', { hasText: 'Python' }).waitFor();
  await code.editor.locator(squiggles).first().waitFor();
  await code.goTo(5, 10);
  await code.summon('Control+.', code.page.locator('.action-widget .monaco-list-row', { hasText: 'unresolved-dependency' }));
  await code.page.keyboard.press('Escape');
});

scenario('everything is fixed in the whole workspace', async () => {
  const file = 'src/test/python/org/shop/orders/BUILD';
  assert.match(code.read(file), /orders:orders/);
  await code.run('buildlint: Fix All in the Workspace');
  await code.messages.filter({ hasText: /mended \d+ findings? in \d+ files?/ }).waitFor();
  await until('the fix on disk', () => !code.read(file).includes('orders:orders'));
});

scenario('a server that crashed is started again', async () => {
  const [pid, ...others] = code.servers();
  assert.ok(pid !== undefined && others.length === 0, 'one server runs');
  process.kill(pid, 'SIGKILL');
  await until('another server', () => code.servers().some((p) => p !== pid));
  await code.status.locator('.codicon-check').waitFor();
  await misspell();
});

scenario('a server that crashes again and again is left alone until the user restarts it', async () => {
  const message = code.messages.filter({ hasText: 'crashed more than 5 times' });
  await until('the last crash', async () => {
    if (await code.status.locator('.codicon-check').isVisible()) {
      code.servers().forEach((pid) => process.kill(pid, 'SIGKILL'));
    }
    return message.isVisible();
  });
  await code.status.locator('.codicon-error').waitFor();
  assert.deepEqual(code.servers(), []);
  await message.getByRole('button', { name: 'Restart' }).click();
  await code.status.locator('.codicon-check').waitFor();
});

scenario('where there is no server, the user is told what to do', async () => {
  code.configure({ 'buildlint.server.path': '/nowhere/buildls' });
  const message = code.messages.filter({ hasText: '/nowhere/buildls' });
  await message.waitFor();
  for (const action of ['How to Install', 'Choose Program', 'Open Settings']) {
    await message.getByRole('button', { name: action }).waitFor();
  }
  await code.status.locator('.codicon-warning').waitFor();
  assert.deepEqual(code.servers(), []);
  code.configure({});
  await code.status.locator('.codicon-check').waitFor();
});
