import { embedderTests } from '@docent/ports/testing';
import { NoEmbedder } from './no-embedder';

embedderTests('none', () => Promise.resolve({ embedder: new NoEmbedder(), close: () => Promise.resolve() }));
