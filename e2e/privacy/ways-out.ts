/** A way by which code could send what it knows to another place. */
export interface WayOut {
  name: string;
  /**
   * Tries it: asks for `url`, which is at another origin. `own` is a script beside the page that asks for the URL in its
   * fragment. Runs in the page or in a worker, so it may use nothing but its parameters. Returns a promise, which
   * rejects where the browser refused; or nothing where only an event tells that.
   */
  attempt: (url: string, own: string) => unknown;
  /** What it uses that the threads of the engine do not have. */
  uses?: 'FontFace' | 'Worker';
}

/** What pages and workers both can try. */
export const EVERYWHERE: readonly WayOut[] = [
  { name: 'fetch', attempt: url => fetch(url, { mode: 'no-cors' }) },
  { name: 'fetch-post', attempt: url => fetch(url, { mode: 'no-cors', method: 'POST', body: 'the heap' }) },
  {
    name: 'xml-http-request',
    attempt: url =>
      new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.onload = resolve;
        request.onerror = () => reject(new Error('refused'));
        request.open('POST', url);
        request.send('the heap');
      }),
  },
  {
    name: 'web-socket',
    attempt: url =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(url.replace('http', 'ws'));
        socket.onopen = resolve;
        socket.onerror = () => reject(new Error('refused'));
      }),
  },
  {
    name: 'event-source',
    attempt: url =>
      new Promise((resolve, reject) => {
        const events = new EventSource(url);
        events.onopen = resolve;
        events.onerror = () => {
          events.close();
          reject(new Error('refused'));
        };
      }),
  },
  { name: 'import', attempt: url => import(/* @vite-ignore */ url) },
  { name: 'font', uses: 'FontFace', attempt: url => new FontFace('stolen', `url(${url})`).load() },
  { name: 'cache', attempt: async url => (await caches.open('stolen')).add(url) },
  {
    name: 'new-function',
    // Later, because what a debugger evaluates may evaluate in turn.
    attempt: url =>
      new Promise((resolve, reject) => {
        setTimeout(() => {
          try {
            resolve(new Function('url', 'return fetch(url, { mode: "no-cors" })')(url));
          } catch (error) {
            reject(error);
          }
        });
      }),
  },
  {
    name: 'worker-of-own-url',
    uses: 'Worker',
    attempt: (url, own) =>
      new Promise((resolve, reject) => {
        const worker = new Worker(`${own}#${url}`, { type: 'module' });
        worker.onmessage = ({ data }) => (data === 'sent' ? resolve(data) : reject(new Error(data)));
        worker.onerror = () => reject(new Error('refused'));
      }),
  },
  {
    name: 'worker-of-other-url',
    uses: 'Worker',
    attempt: url =>
      new Promise((resolve, reject) => {
        const worker = new Worker(
          URL.createObjectURL(
            new Blob([
              `import(${JSON.stringify(url)}).then(() => postMessage('sent'), error => postMessage(String(error)));`,
            ]),
          ),
        );
        worker.onmessage = ({ data }) => (data === 'sent' ? resolve(data) : reject(new Error(data)));
        worker.onerror = () => reject(new Error('refused'));
      }),
  },
  {
    name: 'worker-of-blob',
    uses: 'Worker',
    attempt: url =>
      new Promise((resolve, reject) => {
        const code = `fetch(${JSON.stringify(url)}, { mode: 'no-cors' }).then(() => postMessage('sent'), error => postMessage(String(error)));`;
        const worker = new Worker(URL.createObjectURL(new Blob([code])));
        worker.onmessage = ({ data }) => (data === 'sent' ? resolve(data) : reject(new Error(data)));
        worker.onerror = () => reject(new Error('refused'));
      }),
  },
  {
    name: 'import-scripts',
    uses: 'Worker',
    attempt: url =>
      new Promise((resolve, reject) => {
        const code = `try { importScripts(${JSON.stringify(url)}); postMessage('sent'); } catch (error) { postMessage(String(error)); }`;
        const worker = new Worker(URL.createObjectURL(new Blob([code])));
        worker.onmessage = ({ data }) => (data === 'sent' ? resolve(data) : reject(new Error(data)));
        worker.onerror = () => reject(new Error('refused'));
      }),
  },
  {
    name: 'worker-of-blob-and-own-url',
    uses: 'Worker',
    // Two steps: a worker that inherits the policy starts one that would not.
    attempt: (url, own) =>
      new Promise((resolve, reject) => {
        const inner = JSON.stringify(`${own}#${url}`);
        const code = `try {
          const worker = new Worker(${inner}, { type: 'module' });
          worker.onmessage = ({ data }) => postMessage(data);
          worker.onerror = () => postMessage('refused');
        } catch (error) { postMessage(String(error)); }`;
        const worker = new Worker(URL.createObjectURL(new Blob([code])));
        worker.onmessage = ({ data }) => (data === 'sent' ? resolve(data) : reject(new Error(data)));
        worker.onerror = () => reject(new Error('refused'));
      }),
  },
  {
    name: 'worker-of-data-url',
    uses: 'Worker',
    attempt: url =>
      new Promise((resolve, reject) => {
        const code = `fetch(${JSON.stringify(url)}, { mode: 'no-cors' }).then(() => postMessage('sent'), error => postMessage(String(error)));`;
        const worker = new Worker(`data:text/javascript,${encodeURIComponent(code)}`);
        worker.onmessage = ({ data }) => (data === 'sent' ? resolve(data) : reject(new Error(data)));
        worker.onerror = () => reject(new Error('refused'));
      }),
  },
];

/** What only a page can try. */
export const OF_A_PAGE: readonly WayOut[] = [
  {
    name: 'beacon',
    attempt: url => {
      navigator.sendBeacon(url, 'the heap');
    },
  },
  {
    name: 'image',
    attempt: url => {
      new Image().src = url;
    },
  },
  {
    name: 'style-image',
    attempt: url => {
      document.body.style.setProperty('background-image', `url(${url})`);
      // Style is computed, and the image asked for, no later than now.
      document.body.getBoundingClientRect();
    },
  },
  {
    name: 'script',
    attempt: url => {
      const script = document.createElement('script');
      script.src = url;
      document.head.append(script);
    },
  },
  {
    name: 'style-sheet',
    attempt: url => {
      const link = document.createElement('link');
      link.rel = 'stylesheet';
      link.href = url;
      document.head.append(link);
    },
  },
  {
    name: 'preload',
    attempt: url => {
      const link = document.createElement('link');
      link.rel = 'preload';
      link.as = 'image';
      link.href = url;
      document.head.append(link);
    },
  },
  {
    name: 'prefetch',
    attempt: url => {
      const link = document.createElement('link');
      link.rel = 'prefetch';
      link.href = url;
      document.head.append(link);
    },
  },
  {
    name: 'frame',
    attempt: url => {
      const frame = document.createElement('iframe');
      frame.src = url;
      document.body.append(frame);
    },
  },
  {
    name: 'object',
    attempt: url => {
      const object = document.createElement('object');
      object.data = url;
      document.body.append(object);
    },
  },
  {
    name: 'video',
    attempt: url => {
      const video = document.createElement('video');
      video.src = url;
      document.body.append(video);
    },
  },
  {
    name: 'form',
    attempt: url => {
      const frame = document.createElement('iframe');
      frame.name = 'form-target';
      const form = document.createElement('form');
      form.action = url;
      form.method = 'post';
      form.target = 'form-target';
      document.body.append(frame, form);
      form.submit();
    },
  },
  {
    name: 'shared-worker-of-own-url',
    attempt: (url, own) =>
      new Promise((resolve, reject) => {
        const worker = new SharedWorker(`${own}#${url}`, { type: 'module' });
        worker.port.onmessage = resolve;
        worker.onerror = () => reject(new Error('refused'));
      }),
  },
  {
    name: 'shared-worker-of-blob',
    attempt: url =>
      new Promise((resolve, reject) => {
        const code = `onconnect = ({ ports: [port] }) => fetch(${JSON.stringify(url)}, { mode: 'no-cors' })
          .then(() => port.postMessage('sent'), error => port.postMessage(String(error)));`;
        const worker = new SharedWorker(URL.createObjectURL(new Blob([code])));
        worker.port.onmessage = ({ data }) => (data === 'sent' ? resolve(data) : reject(new Error(data)));
        worker.onerror = () => reject(new Error('refused'));
      }),
  },
  {
    name: 'service-worker',
    attempt: async (url, own) => {
      const { installing } = await navigator.serviceWorker.register(`${own}?${encodeURIComponent(url)}`, {
        type: 'module',
      });
      if (installing === null) throw new Error('not installing');
    },
  },
];

/** Ways that the other place of the tests cannot hear; that the browser refuses them can be seen all the same. */
export const UNHEARD: readonly WayOut[] = [
  { name: 'web-transport', attempt: url => new WebTransport(url.replace('http', 'https')).ready },
];
