import { notifications } from '@mantine/notifications';
import { IconCheck, IconX } from '@tabler/icons-react';

/** A short word that it worked. */
export function notifyDone(message: string): void {
  notifications.show({ message, color: 'teal', icon: <IconCheck size={16} />, withBorder: true, autoClose: 4000 });
}

/** Why something did not work, in the server's words. */
export function notifyFailed(error: Error): void {
  notifications.show({ message: error.message, color: 'red', icon: <IconX size={16} />, withBorder: true, autoClose: 9000 });
}
