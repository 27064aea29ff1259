/** What every benchmark is given. */
export interface BenchOptions {
  /** The built server's entry, which is started as a process of its own where the whole product is measured. */
  mainFile: string;
  /** This benchmark program itself, for yardsticks that run as processes of their own. */
  benchFile: string;
  /** Fewer runs and a tenth of the data: for a look, not for figures to quote. */
  quick: boolean;
  print: (line: string) => void;
}
