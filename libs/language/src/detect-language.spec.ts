import { expect, it } from 'vitest';
import { detectLanguage } from './detect-language';

it.each([
  ['How do I reset my password?', 'en'],
  ['¿Cómo cambio mi contraseña?', 'es'],
  ['Wie setze ich mein Passwort zurück?', 'de'],
  ['Comment puis-je changer mon mot de passe ?', 'fr'],
  ['Как изменить пароль?', 'ru'],
  ['كيف أغير كلمة المرور؟', 'ar'],
  ['मैं पासवर्ड कैसे बदलूँ?', 'hi'],
  ['如何更改密码？', 'zh'],
  ['パスワードを変更するには？', 'ja'],
  ['ฉันจะเปลี่ยนรหัสผ่านได้อย่างไร', 'th'],
  ['Como faço para mudar a minha senha?', 'pt'],
  // Few words, and none of them small.
  ['Passwort vergessen', 'de'],
  ['Wie viele Bots erlaubt der Pro-Tarif?', 'de'],
  ['Was kostet Docent?', 'de'],
  ['precio', 'es'],
  ['mot de passe oublié', 'fr'],
])('recognises "%s" as %s', (text, language) => {
  expect(detectLanguage(text)).toBe(language);
});

it.each(['', '12345', 'TXN-98765', 'Kubernetes', '🙂', 'Як змінити свій пароль? Їжак'])('does not guess at "%s"', (text) => {
  expect(detectLanguage(text)).toBeNull();
});
