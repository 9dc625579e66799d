import * as vscode from 'vscode';
import type { LanguageClient, Location } from 'vscode-languageclient/node';

/** The commands of the server that return places. */
export const dependentsCommand = 'buildlint.dependents';
export const ownersCommand = 'buildlint.owners';

/** Shows the places that a command of the server returned; a command that returns none has nothing to show. */
export async function showResult(
  client: LanguageClient,
  command: string,
  args: unknown[],
  result: unknown,
): Promise<void> {
  const nothing = nothingFound[command];
  if (nothing === undefined) {
    return;
  }
  const places = ((result as Location[] | null) ?? []).map((l) => client.protocol2CodeConverter.asLocation(l));
  if (places.length === 0) {
    void vscode.window.showInformationMessage(nothing);
    return;
  }
  const [uri, position] = args as [string, { line: number; character: number }?];
  await vscode.commands.executeCommand(
    'editor.action.goToLocations',
    vscode.Uri.parse(uri),
    new vscode.Position(position?.line ?? 0, position?.character ?? 0),
    places,
    'peek',
    nothing,
  );
}

const nothingFound: Partial<Record<string, string>> = {
  [dependentsCommand]: 'buildlint: no target depends on this one.',
  [ownersCommand]: 'buildlint: no target has this file as a source.',
};
