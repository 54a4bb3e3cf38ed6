import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Driver, NotInstalled, printed } from './driver.ts';

const PROGRAMS = [process.env.FIREFOX_PATH ?? '', 'firefox', 'firefox-esr'].filter(name => name !== '');

interface Answer {
  id: number;
  type: 'success' | 'error';
  result?: unknown;
  message?: string;
}

interface Evaluated {
  type: 'success' | 'exception';
  result?: { value?: string };
  exceptionDetails?: { text: string };
}

/** Firefox, driven by its built-in WebDriver BiDi. */
export async function startFirefox(): Promise<Driver> {
  const program = PROGRAMS.find(name => spawnSync(name, ['--version']).error === undefined);
  if (program === undefined)
    throw new NotInstalled('no Firefox found: install one, or name it in FIREFOX_PATH');
  const profile = mkdtempSync(join(tmpdir(), 'heapscape-firefox-'));
  const args = ['--headless', '--no-remote', '--width=1440', '--height=900', '--remote-debugging-port=0'];
  const child = spawn(program, [...args, '--profile', profile], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(child, 'close');
  const close = async () => {
    child.kill();
    await ended;
    rmSync(profile, { recursive: true, force: true });
  };
  try {
    const [, address] = await printed(child.stderr, ended, /WebDriver BiDi listening on (ws:\S+)/);
    const send = await connect(`${address}/session`);
    const { capabilities } = (await send('session.new', { capabilities: {} })) as {
      capabilities: { browserName: string; browserVersion: string };
    };
    const { contexts } = (await send('browsingContext.getTree', {})) as { contexts: { context: string }[] };
    const { context } = contexts[0]!;
    return {
      name: `${capabilities.browserName} ${capabilities.browserVersion}`,
      open: async url => void (await send('browsingContext.navigate', { context, url, wait: 'complete' })),
      async evaluate(expression) {
        const done = (await send('script.evaluate', {
          expression: `Promise.resolve(${expression}).then(result => JSON.stringify(result ?? null))`,
          target: { context },
          awaitPromise: true,
        })) as Evaluated;
        if (done.type === 'exception') throw new Error(done.exceptionDetails?.text);
        return JSON.parse(done.result?.value ?? 'null');
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Opens a connection that matches answers to commands by their ids. */
async function connect(url: string): Promise<(method: string, params: object) => Promise<unknown>> {
  const socket = new WebSocket(url);
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error(`${url} cannot be connected to`));
  });
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  socket.onmessage = ({ data }) => {
    const { id, type, result, message } = JSON.parse(String(data)) as Answer;
    const asked = waiting.get(id);
    waiting.delete(id);
    if (type === 'error') asked?.reject(new Error(message));
    else asked?.resolve(result);
  };
  socket.onclose = () => {
    for (const { reject } of waiting.values()) reject(new Error('the browser has ended'));
  };
  let last = 0;
  return (method, params) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      socket.send(JSON.stringify({ id: last, method, params }));
    });
}
