import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  RevealOutputChannelOn,
  TransportKind,
  type ErrorHandler,
  type LanguageClientOptions,
  type Middleware,
  type ServerOptions,
  type StaticFeature,
} from 'vscode-languageclient/node';
import { buildFileGlob, requirementsGlob } from './files.ts';
import type { Progress } from './indexing.ts';
import { parseLog } from './log.ts';
import { serverArguments, serverSettings } from './settings.ts';

/** What a client tells its owner. */
export interface Listener {
  progress(token: string | number, p: Progress): void;
  /** The server ended by itself. Returns whether it is to be started again. */
  crashed(): boolean;
  /** A command of the server ran that the user chose, such as in a code lens. */
  ran(command: string, args: unknown[], result: unknown): Promise<void>;
}

/** Returns a client of the server `program`, not started. */
export function newClient(program: string, channel: vscode.LogOutputChannel, listener: Listener): LanguageClient {
  const client = new LanguageClient('buildlint', 'buildlint', serverOptions(program), {
    documentSelector: [buildFileGlob, requirementsGlob].map((pattern) => ({ scheme: 'file', pattern })),
    outputChannel: channel,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationOptions: () => serverSettings(allSettings()),
    errorHandler: errorHandler(listener),
    middleware: middleware(listener),
    stdioOptions: {
      stdout: () => {}, // the protocol's own
      stderr: (input, out) => logLines(input, out),
    },
  } satisfies LanguageClientOptions);
  client.registerFeature(capabilitiesLeftOut);
  return client;
}

function serverOptions(program: string): ServerOptions {
  const config = vscode.workspace.getConfiguration('buildlint.server');
  const args = serverArguments({ level: config.get('logLevel', 'info'), file: config.get('logFile', '') });
  return { command: program, args, transport: TransportKind.stdio };
}

function allSettings(): Record<string, unknown> {
  return vscode.workspace.getConfiguration().get<Record<string, unknown>>('buildlint', {});
}

/**
 * Has the server push its findings. To pull those of a workspace, the client asks for all of them every two seconds;
 * the server pushes just what changed. And it offers no links: they would underline each address, and lead a click to
 * the first line of the BUILD file, where that on the definition leads to the target.
 */
const capabilitiesLeftOut: StaticFeature = {
  fillClientCapabilities(capabilities) {
    delete capabilities.textDocument?.diagnostic;
    delete capabilities.workspace?.diagnostics;
    delete capabilities.textDocument?.documentLink;
  },
  initialize() {},
  getState: () => ({ kind: 'static' }),
  clear() {},
};

function errorHandler(listener: Listener): ErrorHandler {
  return {
    error: (_error, _message, count) => ({
      action: (count ?? 0) <= 3 ? ErrorAction.Continue : ErrorAction.Shutdown,
      handled: true,
    }),
    closed: () => ({
      action: listener.crashed() ? CloseAction.Restart : CloseAction.DoNotRestart,
      handled: true,
    }),
  };
}

function middleware(listener: Listener): Middleware {
  return {
    handleWorkDoneProgress(token, params, next) {
      listener.progress(token, params as Progress);
      next(token, params);
    },
    async executeCommand(command, args, next) {
      const result: unknown = await next(command, args);
      await listener.ran(command, args, result);
      return result;
    },
    workspace: {
      configuration: async (params, token, next) => {
        const values = await next(params, token);
        return Array.isArray(values) ? values.map((v) => serverSettings(v ?? {})) : values;
      },
    },
  };
}

/** Writes what the server logs to a channel. */
function logLines(input: NodeJS.ReadableStream, channel: vscode.LogOutputChannel): void {
  let rest = '';
  input.on('data', (data: Buffer | string) => {
    const lines = (rest + data.toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines.filter((l) => l !== '')) {
      const { level, message } = parseLog(line);
      channel[level](message);
    }
  });
}
