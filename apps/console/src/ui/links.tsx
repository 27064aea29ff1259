import type { Ref } from 'react';
import { Anchor, Button, Menu, type AnchorProps, type ButtonProps, type MenuItemProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';

type AnchorElement = { ref?: Ref<HTMLAnchorElement> };

/** A text link to a page of the console; address and parameters are checked against the routes. */
export const TextLink = createLink((props: AnchorProps & AnchorElement) => <Anchor {...props} />);

/** A button that leads to a page of the console. */
export const ButtonLink = createLink((props: ButtonProps & AnchorElement) => <Button component="a" {...props} />);

/** A menu entry that leads to a page of the console. */
export const MenuLink = createLink((props: MenuItemProps & AnchorElement) => <Menu.Item component="a" {...props} />);
