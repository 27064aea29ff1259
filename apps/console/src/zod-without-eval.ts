import { z } from 'zod';

/** Must run before the first parse: otherwise zod tries `new Function`, which the content-security policy reports as an attack. */
z.config({ jitless: true });
