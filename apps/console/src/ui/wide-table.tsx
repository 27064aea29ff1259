import type { ReactNode } from 'react';
import { Table } from '@mantine/core';
import classes from './wide-table.module.css';

interface WideTableProps {
  label: string;
  /** Below this width, in pixels, the table scrolls sideways. */
  minWidth: number;
  children: ReactNode;
}

/** A table from edge to edge of its panel; on narrow screens it scrolls, by keyboard too. */
export function WideTable({ label, minWidth, children }: WideTableProps) {
  return (
    <div className={classes.scroll} tabIndex={0} role="group" aria-label={label}>
      <Table verticalSpacing="sm" horizontalSpacing="lg" miw={minWidth} fz="sm">
        {children}
      </Table>
    </div>
  );
}
