import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';

/** How long anything that the editor does may take. A busy machine is slow. */
export const patience = 45_000;

const settings = {
  'chat.disableAIFeatures': true,
  'editor.minimap.enabled': false,
  'editor.codeActionsOnSave': { 'source.fixAll.buildlint': 'explicit' },
  'editor.lightbulb.enabled': 'off',
  'extensions.ignoreRecommendations': true,
  'files.associations': { '**/mail/BUILD': 'python' },
  'files.autoSave': 'off',
  'git.enabled': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'window.commandCenter': false,
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.editor.enablePreview': false,
  'workbench.layoutControl.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/** A VS Code in a browser with the extension and a copy of the fixture. */
export class VSCode {
  readonly repository: string;
  readonly page: Page;
  private readonly dir: string;
  private readonly server: ChildProcess;
  private readonly browser: Browser;

  private constructor(dir: string, server: ChildProcess, browser: Browser, page: Page) {
    this.dir = dir;
    this.repository = path.join(dir, 'shop');
    this.server = server;
    this.browser = browser;
    this.page = page;
  }

  /** Installs the extension and opens the fixture. */
  static async start(): Promise<VSCode> {
    const dir = mkdtempSync(path.join(tmpdir(), 'buildlint-e2e-'));
    let server: ChildProcess | undefined;
    try {
      cpSync('e2e/fixture', path.join(dir, 'shop'), { recursive: true });
      mkdirSync(path.join(dir, 'user/User'), { recursive: true });
      writeFileSync(path.join(dir, 'user/User/settings.json'), JSON.stringify(settings));
      install(dir, required('E2E_VSIX'));
      const port = await freePort();
      server = serve(dir, port);
      process.once('SIGTERM', () => {
        stop(server);
        process.exit(1);
      });
      const url = `http://127.0.0.1:${port}/`;
      await until(`code-server at ${url}`, () => answers(url));
      const browser = await chromium.launch({ executablePath: required('E2E_CHROMIUM'), args: ['--no-sandbox'] });
      const page = await browser.newPage({ viewport: { width: 1180, height: 720 } });
      page.setDefaultTimeout(patience);
      await page.goto(`${url}?folder=${path.join(dir, 'shop')}`);
      await page.locator('.monaco-workbench').waitFor();
      return new VSCode(dir, server, browser, page);
    } catch (error) {
      stop(server);
      throw error;
    }
  }

  /** Closes the browser and ends code-server with all that it started. */
  async close(): Promise<void> {
    await this.browser.close();
    stop(this.server);
    rmSync(this.dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  /** Opens a file of the repository and waits until its text is shown. */
  async open(file: string): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.page.keyboard.press('Control+P');
    const input = this.page.locator('.quick-input-widget input').first();
    await input.fill(file);
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: path.basename(file) }).first().waitFor();
    await until(`quick open to find ${file}`, async () => {
      const first = this.page.locator('.quick-input-list .monaco-list-row').first();
      const label = await first.getAttribute('aria-label', { timeout: 1000 }).catch(() => '');
      return `${label}`.includes(path.dirname(file));
    });
    await this.page.keyboard.press('Enter');
    await this.page.locator(`.editor-instance .monaco-editor[data-uri$="/${file}"]`).first().waitFor();
    await this.editor.locator('.view-line').first().waitFor();
  }

  /** The part of the window with the editors. */
  get editors(): Locator {
    return this.page.locator('.part.editor');
  }

  /** The editor that is shown. */
  get editor(): Locator {
    return this.page.locator('.editor-instance .monaco-editor').first();
  }

  /** The path of the file that is shown, in the repository. */
  async shown(): Promise<string> {
    const uri = (await this.editor.getAttribute('data-uri')) ?? '';
    return uri.slice(uri.indexOf('/shop/') + '/shop/'.length);
  }

  /** Puts the cursor at a place, counted from 1. */
  async goTo(line: number, column: number): Promise<void> {
    await this.page.keyboard.press('Control+G');
    await this.page.locator('.quick-input-widget input').first().fill(`:${line}:${column}`);
    await this.page.keyboard.press('Enter');
    await this.page.locator('.editor-instance .monaco-editor.focused').waitFor(); // the place is shown before Enter, too
    await until(`the cursor at ${line}:${column}`, async () => (await this.cursor()) === `Ln ${line}, Col ${column}`);
  }

  /** Where the cursor is: `Ln 1, Col 1`. */
  async cursor(): Promise<string> {
    return (await this.page.locator('#status\\.editor\\.selection').textContent()) ?? '';
  }

  /** Presses a key until something is shown: a busy editor may close at once what a key opened. */
  async summon(key: string, shown: Locator): Promise<void> {
    await until(`${key} to show something`, async () => {
      await this.page.keyboard.press(key);
      return shown.first().waitFor({ timeout: 8000 }).then(() => true, () => false);
    });
  }

  /** Runs a command of the palette. */
  async run(command: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.page.locator('.quick-input-widget input').first().fill(`>${command}`);
    const row = this.page.locator('.quick-input-list .monaco-list-row', { hasText: command }).first();
    await row.waitFor();
    await row.click();
    await this.page.locator('.quick-input-widget').first().waitFor({ state: 'hidden' });
  }

  /** The text of the editor as far as it is shown. */
  async text(): Promise<string> {
    const lines = this.editor.locator('.view-line');
    const shown = await lines.evaluateAll((nodes) =>
      nodes
        .map((n) => [Number.parseFloat((n as unknown as { style: { top: string } }).style.top), n.textContent ?? ''] as const)
        .sort(([a], [b]) => a - b)
        .map(([, text]) => text),
    );
    return shown.join('\n').replaceAll('\u00a0', ' ');
  }

  /** Reads a file of the repository from disk. */
  read(file: string): string {
    return readFileSync(path.join(this.repository, file), 'utf8');
  }

  /** Writes a file of the repository, as another program would. */
  write(file: string, text: string): void {
    writeFileSync(path.join(this.repository, file), text);
  }

  /** The rows of the Problems panel. */
  get problems(): Locator {
    return this.page.locator('.markers-panel .monaco-list-row');
  }

  /** The item of the extension in the status bar. */
  get status(): Locator {
    return this.page.locator('.statusbar-item[id*="buildlint.status"]');
  }

  /** The messages that are shown. */
  get messages(): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item');
  }

  /** Sets the settings of the machine that the editor's extensions run on. */
  configure(settings: Record<string, unknown>): void {
    const dir = path.join(this.dir, 'user/Machine');
    mkdirSync(dir, { recursive: true });
    writeFileSync(path.join(dir, 'settings.json'), JSON.stringify(settings));
  }

  /** Writes a picture of the window, or of a part of it, to the screenshots. */
  async picture(name: string, part?: Locator): Promise<void> {
    await (part ?? this.page).screenshot({ path: path.join('e2e/screenshots', `${name}.png`) });
  }

  /** The ids of the processes of the language server. */
  servers(): number[] {
    const program = path.join(this.dir, 'extensions');
    return readdirSync('/proc')
      .map(Number)
      .filter((pid) => pid > 0 && executable(pid).startsWith(program));
  }
}

/** Waits until something holds. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, time = patience): Promise<void> {
  const end = Date.now() + time;
  while (!(await holds())) {
    if (Date.now() > end) {
      throw new Error(`waited ${time / 1000} s for ${what}`);
    }
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** The program that a process runs; empty if it has ended. */
function executable(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/exe`);
  } catch {
    return '';
  }
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) {
    throw new Error(`${name} is not set: run e2e/run.sh`);
  }
  return value;
}

function codeServer(dir: string, ...args: string[]): string[] {
  const own = ['--user-data-dir', path.join(dir, 'user'), '--extensions-dir', path.join(dir, 'extensions')];
  return [required('E2E_CODE_SERVER'), '--config', path.join(dir, 'config.yaml'), ...own, ...args];
}

function install(dir: string, vsix: string): void {
  writeFileSync(path.join(dir, 'config.yaml'), 'auth: none\n');
  const done = spawnSync(process.execPath, codeServer(dir, '--install-extension', vsix), { encoding: 'utf8' });
  if (done.status !== 0) {
    throw new Error(`installing ${vsix}: ${done.stdout}${done.stderr}`);
  }
}

/** Starts code-server as the leader of a process group: its extension host outlives it otherwise. */
function serve(dir: string, port: number): ChildProcess {
  const log = openSync('e2e/screenshots/code-server.log', 'w');
  const quiet = ['--disable-telemetry', '--disable-update-check', '--disable-workspace-trust', '--disable-getting-started-override'];
  const args = codeServer(dir, '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, ...quiet);
  return spawn(process.execPath, args, { detached: true, stdio: ['ignore', log, log] });
}

function stop(server: ChildProcess | undefined): void {
  if (server?.pid !== undefined && server.exitCode === null) {
    process.kill(-server.pid, 'SIGKILL');
  }
}

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer();
    server.on('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

function answers(url: string): Promise<boolean> {
  return new Promise((done) => {
    get(url, (response) => {
      response.resume();
      done((response.statusCode ?? 500) < 400);
    }).on('error', () => done(false));
  });
}
