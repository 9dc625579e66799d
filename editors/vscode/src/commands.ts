import * as vscode from 'vscode';
import { ExecuteCommandRequest, type LanguageClient } from 'vscode-languageclient/node';
import type { Controller } from './controller.ts';
import { fixAllCommand, whatWasFixed, type Fixed } from './fixes.ts';
import { dependentsCommand, ownersCommand, showResult } from './results.ts';
import { allRules, pagesAt, type Finding } from './rulepages.ts';

/** Registers the commands of the extension. */
export function registerCommands(controller: Controller, channel: vscode.LogOutputChannel): vscode.Disposable {
  const commands: Record<string, (...args: never[]) => unknown> = {
    'buildlint.restartServer': () => controller.restart(),
    'buildlint.readWorkspaceAnew': () => withServer(controller, readAnew),
    'buildlint.showOutput': () => channel.show(),
    'buildlint.fixAllInWorkspace': () => withServer(controller, fixAll),
    'buildlint.showDependents': () => withServer(controller, showDependents),
    'buildlint.showOwners': (file?: vscode.Uri) => withServer(controller, (client) => showOwners(client, file)),
    'buildlint.openRulePage': openRulePage,
    'buildlint.showMenu': showMenu,
  };
  return vscode.Disposable.from(
    ...Object.entries(commands).map(([id, run]) => vscode.commands.registerCommand(id, run)),
  );
}

/** Runs what needs the server; where it does not run, or fails, the user is told. */
async function withServer(controller: Controller, run: (client: LanguageClient) => Promise<void>): Promise<void> {
  const client = controller.client;
  if (client === undefined) {
    const restart = 'Restart';
    if ((await vscode.window.showWarningMessage('buildlint: the language server does not run.', restart)) === restart) {
      await controller.restart();
    }
    return;
  }
  try {
    await run(client);
  } catch (error) {
    void vscode.window.showErrorMessage(`buildlint: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function execute(client: LanguageClient, command: string, ...args: unknown[]): Promise<unknown> {
  return client.sendRequest(ExecuteCommandRequest.type, { command, arguments: args });
}

async function fixAll(client: LanguageClient): Promise<void> {
  const unsaved = new Set(vscode.workspace.textDocuments.filter((d) => d.isDirty));
  const where = { location: vscode.ProgressLocation.Notification, title: 'Applying all safe fixes of buildlint' };
  const done = await vscode.window.withProgress(where, () => execute(client, fixAllCommand));
  // What the user had not saved stays unsaved.
  await Promise.all(vscode.workspace.textDocuments.filter((d) => d.isDirty && !unsaved.has(d)).map((d) => d.save()));
  void vscode.window.showInformationMessage(`buildlint: ${whatWasFixed(done as Fixed)}`);
}

async function readAnew(client: LanguageClient): Promise<void> {
  await execute(client, 'buildlint.restartIndex');
}

async function showDependents(client: LanguageClient): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    throw new Error('open a BUILD file and put the cursor on a target first');
  }
  const { line, character } = editor.selection.active;
  const args = [editor.document.uri.toString(), { line, character }];
  await showResult(client, dependentsCommand, args, await execute(client, dependentsCommand, ...args));
}

async function showOwners(client: LanguageClient, file: vscode.Uri | undefined): Promise<void> {
  const uri = file ?? vscode.window.activeTextEditor?.document.uri;
  if (uri === undefined) {
    throw new Error('open a file first');
  }
  const args = [uri.toString()];
  await showResult(client, ownersCommand, args, await execute(client, ownersCommand, ...args));
}

async function openRulePage(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const pages = editor === undefined ? new Map() : pagesAt(findingsIn(editor.document), editor.selection.active.line);
  const rules = [...pages.keys()];
  const title = 'Open the page of a rule';
  const rule = rules.length > 1 ? await vscode.window.showQuickPick(rules, { title }) : rules[0];
  if (rules.length > 0 && rule === undefined) {
    return; // the user chose none
  }
  await vscode.env.openExternal(vscode.Uri.parse(pages.get(rule) ?? allRules));
}

function findingsIn(document: vscode.TextDocument): Finding[] {
  return vscode.languages.getDiagnostics(document.uri).flatMap(({ source, code, range }) => {
    if (source !== 'buildlint' || typeof code !== 'object') {
      return [];
    }
    return [{ rule: String(code.value), page: code.target.toString(), lines: [range.start.line, range.end.line] }];
  });
}

/** Shows what can be done from the status bar. */
async function showMenu(): Promise<void> {
  const items = [
    { label: '$(wand) Fix all in the workspace', command: 'buildlint.fixAllInWorkspace' },
    { label: '$(output) Show the output', command: 'buildlint.showOutput' },
    { label: '$(sync) Read the workspace anew', command: 'buildlint.readWorkspaceAnew' },
    { label: '$(refresh) Restart the language server', command: 'buildlint.restartServer' },
    { label: '$(gear) Settings', command: 'workbench.action.openSettings', argument: 'buildlint.' },
  ];
  const chosen = await vscode.window.showQuickPick(items, { title: 'buildlint' });
  if (chosen !== undefined) {
    await vscode.commands.executeCommand(chosen.command, ...(chosen.argument === undefined ? [] : [chosen.argument]));
  }
}
