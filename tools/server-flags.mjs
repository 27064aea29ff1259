/**
 * What Node is told when it runs the server, wherever that is: `npm start`, development, the cluster, benchmarks, faults. Left alone, the
 * young generation grows to 134 MB while knowledge is taken in, and stays there. Source maps are for development: the server is not minified,
 * so that a trace names its functions as they are called, and the maps cost a fifth of each start and 40 MB.
 */
export const serverFlags = ['--max-semi-space-size=16'];

/**
 * What the memory allocator of the system is told (glibc; others ignore it). Left alone, it raises the size from which a block goes back to
 * the system with each large one that is freed, and keeps what vectors and files took: 110 MB after 10 000 passages.
 */
export const serverEnvironment = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '131072', MALLOC_TRIM_THRESHOLD_: '131072' };
