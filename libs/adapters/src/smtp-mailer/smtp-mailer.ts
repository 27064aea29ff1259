import { randomUUID } from 'node:crypto';
import { createTransport, type Transporter } from 'nodemailer';
import { type Mail, Mailer } from '@docent/ports';
import { writeMail } from '../outbox-mailer/write-mail';

export interface SmtpOptions {
  /** `smtps://user:password@host:465`, or `smtp://…`, which changes to TLS where the server offers it (RFC 3207). */
  url: string;
  /** Sender's address. */
  from: string;
}

/**
 * Sends mail through the operator's server (RFC 5321). The message is written by our own hands, and so are the envelope's two addresses:
 * nothing that a visitor types reaches the protocol.
 */
export class SmtpMailer extends Mailer {
  override readonly delivers = true;
  private readonly transport: Transporter;

  constructor(private readonly options: SmtpOptions) {
    super();
    this.transport = createTransport({
      url: options.url,
      pool: true,
      maxConnections: 2,
      connectionTimeout: 15_000,
      greetingTimeout: 15_000,
      socketTimeout: 60_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  /** Throws where the server is away or does not take the mail: whoever sends in a job tries again. */
  override async send(mail: Mail): Promise<void> {
    const raw = writeMail(mail, { from: this.options.from, at: new Date(), id: randomUUID() });
    await this.transport.sendMail({ envelope: { from: this.options.from, to: [mail.to] }, raw });
  }

  async close(): Promise<void> {
    this.transport.close();
  }
}
