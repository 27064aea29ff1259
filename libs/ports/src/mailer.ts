export interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** Sends mail. The embedded one keeps messages as files in an outbox folder, so that nothing is lost without a mail server. */
export abstract class Mailer {
  /** Whether mail leaves this machine; if not, the console shows links instead of promising a mail. */
  abstract readonly delivers: boolean;
  abstract send(mail: Mail): Promise<void>;
}
