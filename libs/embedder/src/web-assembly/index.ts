export type { Code } from './code';
export * from './instructions';
export { kernelModule, type KernelFunction, type MemoryKind } from './kernel-module';
export {
  compileKernels,
  openKernelMemory,
  openKernels,
  openSharedMemory,
  pageBytes,
  type CompiledKernels,
  type KernelMemory,
  type SharedKernelMemory,
} from './kernel-machine';
