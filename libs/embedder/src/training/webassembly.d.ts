/** The few parts of WebAssembly's JavaScript interface (https://webassembly.github.io/spec/js-api) that the server's type library leaves out. */
declare namespace WebAssembly {
  class Memory {
    constructor(description: { initial: number; maximum: number; shared: true });
    readonly buffer: SharedArrayBuffer;
  }
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Instance {
    constructor(module: Module, imports: { env: { memory: Memory } });
    readonly exports: Record<string, unknown>;
  }
}
