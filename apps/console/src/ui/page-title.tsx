import { createContext, useContext, type ReactNode } from 'react';
import { useDocumentTitle } from '@mantine/hooks';

const BadgeContext = createContext(0);

/** Puts a number before the title of every page below, as browsers show it in their tabs; 0: none. */
export function TitleBadge({ count, children }: { count: number; children: ReactNode }) {
  return <BadgeContext value={count}>{children}</BadgeContext>;
}

/** Sets the document's title to that of the page. */
export function usePageTitle(title: string): void {
  const count = useContext(BadgeContext);
  useDocumentTitle(`${count > 0 ? `(${count}) ` : ''}${title} · Docent`);
}
