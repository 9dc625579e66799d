import * as vscode from 'vscode';
import { registerCommands } from './commands.ts';
import { Controller } from './controller.ts';
import { isBuildFamily, languageId } from './files.ts';
import { startSettings } from './settings.ts';
import { statusBar } from './statusbar.ts';

let controller: Controller | undefined;

/** VS Code calls this when the extension is needed first. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const channel = vscode.window.createOutputChannel('buildlint', { log: true });
  const own = new Controller(vscode.Uri.joinPath(context.extensionUri, 'bin').fsPath, channel);
  controller = own;
  context.subscriptions.push(
    channel,
    own,
    registerCommands(own, channel),
    statusBar(own),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (startSettings.some((s) => change.affectsConfiguration(s))) {
        void own.restart();
      }
    }),
    adoptFamily(),
  );
  await own.restart();
}

/** VS Code calls this before it ends. */
export async function deactivate(): Promise<void> {
  await controller?.stop();
}

/**
 * Gives files of the family of BUILD our language where no other extension knows them. A pattern `BUILD.*` in
 * package.json would take BUILD.gn and BUILD.md from those that do. Each file is given it once: the user may choose
 * another.
 */
function adoptFamily(): vscode.Disposable {
  const adopted = new Set<string>();
  const adopt = (document: vscode.TextDocument) => {
    const unknown = document.languageId === 'plaintext' && document.uri.scheme === 'file';
    if (unknown && isBuildFamily(document.fileName) && !adopted.has(document.fileName)) {
      adopted.add(document.fileName);
      void vscode.languages.setTextDocumentLanguage(document, languageId);
    }
  };
  vscode.workspace.textDocuments.forEach(adopt);
  return vscode.workspace.onDidOpenTextDocument(adopt);
}
