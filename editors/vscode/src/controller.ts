import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { State, type LanguageClient } from 'vscode-languageclient/node';
import { newClient } from './client.ts';
import { Indexing, type Progress } from './indexing.ts';
import { locate, type Program } from './locate.ts';
import { Restarts } from './restarts.ts';
import type { Phase } from './status.ts';
import { showResult } from './results.ts';

const installPage = 'https://github.com/buildlint/buildlint#install';

/** How often the server is restarted after a crash: five times within three minutes. */
const maxRestarts = 5;
const restartPeriod = 3 * 60_000;

/** Starts and stops the language server. */
export class Controller implements vscode.Disposable {
  /** Fires when anything changed that the status shows. */
  readonly onDidChange: vscode.Event<void>;
  phase: Phase = 'stopped';
  indexing = new Indexing();
  /** What the server says that it is. */
  server = '';

  private readonly changes = new vscode.EventEmitter<void>();
  private readonly binDir: string;
  private readonly channel: vscode.LogOutputChannel;
  private restarts = new Restarts(maxRestarts, restartPeriod);
  private running: LanguageClient | undefined;
  private last: Promise<void> = Promise.resolve();

  constructor(binDir: string, channel: vscode.LogOutputChannel) {
    this.binDir = binDir;
    this.channel = channel;
    this.onDidChange = this.changes.event;
  }

  /** The client of the running server, if it runs. */
  get client(): LanguageClient | undefined {
    return this.phase === 'running' ? this.running : undefined;
  }

  /** Starts the server anew: stops the one that runs, looks for the program and starts it. */
  restart(): Promise<void> {
    this.last = this.last.then(async () => {
      await this.end();
      this.restarts = new Restarts(maxRestarts, restartPeriod);
      this.begin();
    });
    return this.last;
  }

  /** Stops the server. */
  stop(): Promise<void> {
    this.last = this.last.then(() => this.end());
    return this.last;
  }

  dispose(): void {
    this.changes.dispose();
  }

  private begin(): void {
    const found = locate(places(this.binDir), isProgram);
    if ('tried' in found) {
      this.enter('missing');
      this.channel.error(`no language server found. Looked for: ${found.tried.join('; ')}`);
      void this.tellMissing(found.tried);
      return;
    }
    this.enter('starting');
    void this.launch(found);
  }

  /** Starts a program. What never ran is not started again: it would only fail again. */
  private async launch(program: Program): Promise<void> {
    this.channel.info(`starting ${program.path} (from ${program.origin})`);
    let ran = false;
    const client = newClient(program.path, this.channel, {
      progress: (token, p) => this.progress(token, p),
      crashed: () => ran && this.running === client && this.crashed(),
      ran: (command, args, result) => showResult(client, command, args, result),
    });
    this.running = client;
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) {
        ran = true;
        this.started(client, program);
      }
    });
    try {
      await client.start();
    } catch (error) {
      this.channel.error(`${program.path} did not start: ${String(error)}`);
      if (this.running === client) {
        this.enter('crashed');
        void this.tellCrashed(`The language server ${program.path} did not start.`);
      }
    }
  }

  private started(client: LanguageClient, program: Program): void {
    const info = client.initializeResult?.serverInfo;
    this.server = `${info?.name ?? 'buildls'} ${info?.version ?? ''} (${program.path})`;
    this.enter('running');
  }

  private async end(): Promise<void> {
    const client = this.running;
    this.running = undefined;
    this.enter('stopped');
    if (client?.needsStop()) {
      const server = client.serverProcess;
      // A client that is still starting cannot be stopped, but its server can.
      await client.dispose().catch(() => server?.kill());
    }
  }

  private enter(phase: Phase): void {
    this.phase = phase;
    if (phase !== 'running') {
      this.indexing = new Indexing();
    }
    this.changes.fire();
  }

  private progress(token: string | number, p: Progress): void {
    this.indexing.take(token, p);
    this.changes.fire();
  }

  private crashed(): boolean {
    if (this.restarts.allow(Date.now())) {
      this.channel.warn('the language server ended; starting it again');
      this.enter('starting');
      return true;
    }
    this.enter('crashed');
    void this.tellCrashed(`The language server crashed more than ${maxRestarts} times within three minutes.`);
    return false;
  }

  private async tellMissing(tried: string[]): Promise<void> {
    const [install, choose, settings] = ['How to Install', 'Choose Program…', 'Open Settings'];
    const message = `buildlint: the language server buildls was not found (${tried.join(', ')}).`;
    switch (await vscode.window.showErrorMessage(message, install, choose, settings)) {
      case install:
        await vscode.env.openExternal(vscode.Uri.parse(installPage));
        break;
      case choose:
        await chooseProgram();
        break;
      case settings:
        await vscode.commands.executeCommand('workbench.action.openSettings', 'buildlint.server.path');
    }
  }

  private async tellCrashed(message: string): Promise<void> {
    const [restart, output] = ['Restart', 'Show Output'];
    switch (await vscode.window.showErrorMessage(`buildlint: ${message}`, restart, output)) {
      case restart:
        await this.restart();
        break;
      case output:
        this.channel.show();
    }
  }
}

/** Lets the user choose the program; to set it starts the server. */
async function chooseProgram(): Promise<void> {
  const chosen = await vscode.window.showOpenDialog({ title: 'The language server buildls', openLabel: 'Choose' });
  if (chosen?.[0] !== undefined) {
    const config = vscode.workspace.getConfiguration('buildlint.server');
    await config.update('path', chosen[0].fsPath, vscode.ConfigurationTarget.Global);
  }
}

function places(binDir: string) {
  return {
    setting: vscode.workspace.getConfiguration('buildlint.server').get('path', '').trim(),
    folder: vscode.workspace.workspaceFolders?.[0]?.uri.fsPath,
    home: homedir(),
    path: process.env['PATH'] ?? '',
    shipped: path.resolve(binDir),
    platform: process.platform,
  };
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
