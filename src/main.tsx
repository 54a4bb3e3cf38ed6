import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { ChartsContext, createChartsOnScreen } from './charts/canvas-host/charts-on-screen.ts';
import { confirmLeaving } from './session/confirm-leaving.ts';
import { createConsole } from './session/console.ts';
import { Engine } from './session/engine/engine.ts';
import { createHeapClient } from './session/heap-client.ts';
import { followHistory } from './session/history.ts';
import { createIdleSignal } from './session/idle.ts';
import { openLaunchedFiles } from './session/launched-files.ts';
import { comparisonOf, readLink, reportUnusableFilters } from './session/link.ts';
import { maskingService } from './session/masking.ts';
import { keepPageOffline } from './session/offline.ts';
import { createFileManager } from './session/open-files.ts';
import { hasBothPolicies } from './session/policy.ts';
import { keepPreferences } from './session/preferences.ts';
import { createRecentHandles } from './session/recent-handles.ts';
import type { Session } from './session/session.ts';
import { SessionContext } from './session/session.ts';
import { loadPreferences } from './state/preferences.ts';
import { createAppStore } from './state/store.ts';
import { AppStoreContext } from './state/use-app.ts';
import './theme/base.css';

if (!hasBothPolicies()) {
  // Normally the script of index.html shows this; without that script, this message is all there is to see.
  const refusal =
    'The host does not serve index.html as it was built: its content security policy is missing, without which dumps are not safe in it.';
  document.body.append(refusal);
  throw new Error(refusal);
}

const link = readLink();
const store = createAppStore(loadPreferences(), {
  view: link.view,
  chips: link.chips,
  scope: link.scope,
  linkedAddress: link.address,
  linkedDump: link.dump,
  linkedTotals: link.totals,
  linkedComparison: comparisonOf(link),
});

const idle = createIdleSignal();
const showIdle = (isIdle: boolean) => {
  document.documentElement.dataset.idle = String(isIdle);
};
showIdle(idle.isIdle());
idle.subscribe(showIdle);

const engine = new Engine(loss => session.fileManager.heapsLost(client.lost(loss)));
const client = createHeapClient(engine, idle);
const service = maskingService(client.service, () => store.getState().masking);
const recent = createRecentHandles(store);
const session: Session = {
  service,
  idle,
  fileManager: createFileManager(service, idle, store, file => {
    const end = idle.begin();
    // A failure needs no message: the landing page shows for each file whether it can be opened again.
    void recent
      .keep(file)
      .catch(() => undefined)
      .finally(end);
  }),
  recent,
  offline: keepPageOffline(),
};

confirmLeaving(store);
reportUnusableFilters(store);
keepPreferences(store);
followHistory(store, address => void session.fileManager.selectAddress(address));
void session.fileManager.openLinked(link.served);
openLaunchedFiles(files => session.fileManager.openAll(files), recent.noting);
window.heapscape = createConsole(session, store);

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <SessionContext value={session}>
    <AppStoreContext value={store}>
      <ChartsContext value={createChartsOnScreen()}>
        <App />
      </ChartsContext>
    </AppStoreContext>
  </SessionContext>,
);
