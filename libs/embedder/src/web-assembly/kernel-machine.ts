/** A memory that kernels work on, and the program too. */
export interface KernelMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** The same for several threads. It can be sent from one to another. */
export interface SharedKernelMemory {
  readonly buffer: SharedArrayBuffer;
}

/** What the machine has made of a module's bytes. */
export type CompiledKernels = object;

/** The parts of WebAssembly's JavaScript interface (https://webassembly.github.io/spec/js-api) that are used here; the server's type library leaves it out. */
interface WebAssemblyInterface {
  Memory: new (description: { initial: number; maximum: number; shared?: boolean }) => object;
  Module: new (bytes: Uint8Array<ArrayBuffer>) => CompiledKernels;
  Instance: new (module: CompiledKernels, imports: { env: { memory: object } }) => { readonly exports: Record<string, unknown> };
}

const { Memory, Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyInterface }).WebAssembly;

/** What memories are measured in. */
export const pageBytes = 65_536;

/** A memory of zeros. */
export function openKernelMemory(pages: number, mostPages = pages): KernelMemory {
  return new Memory({ initial: pages, maximum: mostPages }) as KernelMemory;
}

/** A memory of zeros for several threads; it stays as large as it is. */
export function openSharedMemory(pages: number): SharedKernelMemory {
  return new Memory({ initial: pages, maximum: pages, shared: true }) as SharedKernelMemory;
}

/** Throws where the machine does not know an instruction. */
export function compileKernels(module: Uint8Array<ArrayBuffer>): CompiledKernels {
  return new Module(module);
}

/** The module's functions by name, over this memory. */
export function openKernels<Kernels>(compiled: CompiledKernels, memory: KernelMemory | SharedKernelMemory): Kernels {
  return new Instance(compiled, { env: { memory } }).exports as Kernels;
}
