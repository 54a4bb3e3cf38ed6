import { expose } from 'comlink';
import { HeapSession } from './service/heap-session.ts';

// All of the worker's state is in the session; the page talks to it through the methods of `HeapService`.
expose(new HeapSession());
