import { addBytesKernel, addHalfBytesKernel } from './add-rows-kernels';
import { addVectorKernel, toBytesKernel, toUnitKernel } from './vector-kernels';
import { compileKernels, openKernels, type CompiledKernels, type KernelMemory } from './web-assembly/kernel-machine';
import { kernelModule } from './web-assembly/kernel-module';

/**
 * The inner loops of everything that is embedded, as a WebAssembly module of 128-bit vectors: ten times as fast as plain loops. All
 * addresses are bytes; a vector has a multiple of `numbersAtOnce` floats. No fused or relaxed operation: the same on every machine.
 */
export interface RowKernels {
  /**
   * Adds rows of 4-bit levels to the vector at `target`: each level times the row's factor (whole numbers, sums below 65 536), less `shift`,
   * times `unit`. `rows` and `factors` are the addresses of 32-bit numbers: where the rows lie, and their factors.
   */
  addHalfBytes(
    target: number,
    rows: number,
    factors: number,
    count: number,
    bytesPerRow: number,
    shift: number,
    unit: number,
  ): void;
  /** Adds a row of `count` bytes: each level times `factor`, less `shift`. */
  addBytes(target: number, row: number, count: number, factor: number, shift: number): void;
  /** Adds a vector of `count` bytes. */
  addVector(target: number, source: number, count: number): void;
  /** Makes a vector of `count` bytes unit length; one of zeros stays. */
  toUnit(target: number, count: number): void;
  /** Writes a vector of `count` floats as bytes around `middleOfBytes`, and returns what a step between them is worth. */
  toBytes(target: number, vector: number, count: number): number;
}

let compiled: CompiledKernels | undefined;

/** The kernels over a memory; they are put together and compiled once. */
export function openRowKernels(memory: KernelMemory): RowKernels {
  compiled ??= compileKernels(
    kernelModule([addHalfBytesKernel(), addBytesKernel(), addVectorKernel(), toUnitKernel(), toBytesKernel()]),
  );
  return openKernels(compiled, memory);
}
