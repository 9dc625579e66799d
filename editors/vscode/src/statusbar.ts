import * as vscode from 'vscode';
import type { Controller } from './controller.ts';
import { viewOf, type StatusView } from './status.ts';

/** Shows in the status bar what the server does. */
export function statusBar(controller: Controller): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('buildlint.status', vscode.StatusBarAlignment.Right, 10);
  item.name = 'buildlint';
  item.command = 'buildlint.showMenu';
  const update = () => {
    const view = viewOf(controller.phase, controller.server, controller.indexing);
    item.text = view.text;
    item.tooltip = view.tooltip;
    item.backgroundColor = background(view);
  };
  update();
  item.show();
  return vscode.Disposable.from(item, controller.onDidChange(update));
}

function background({ severity }: StatusView): vscode.ThemeColor | undefined {
  return severity === 'none' ? undefined : new vscode.ThemeColor(`statusBarItem.${severity}Background`);
}
