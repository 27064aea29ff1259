import { useCompiledCode } from './compiled-code';

// Before anything else is loaded.
useCompiledCode(import.meta.url);
const { serve } = await import('./serve');
await serve();
