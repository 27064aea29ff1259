/** A line of a page, or one column's part of it. Coordinates are along and across the direction of writing, in points. */
export interface PdfLine {
  text: string;
  start: number;
  end: number;
  /** Height on the page; greater is higher. */
  baseline: number;
  size: number;
}
