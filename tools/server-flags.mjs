/**
 * What Node is told when it runs the server, wherever that is: `npm start`, development, the cluster, benchmarks, faults. Left alone, the
 * young generation grows to 134 MB while knowledge is taken in, and stays there.
 */
export const serverFlags = ['--enable-source-maps', '--max-semi-space-size=16'];
