import type { Strings } from '../strings';
import ar from './ar';
import de from './de';
import es from './es';
import fr from './fr';
import hi from './hi';
import ja from './ja';
import ru from './ru';
import th from './th';
import zh from './zh';

/** Every language besides English. Only the build imports this; a visitor fetches the one file that is needed. */
export const languages: Record<string, Strings> = { ar, de, es, fr, hi, ja, ru, th, zh };
