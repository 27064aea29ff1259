/**
 * Words that questions of a few words are made of, and no other of these languages writes the same way: they tell the language where no small word
 * does ("Passwort vergessen", "precio"). Not stop words: they tell passages apart.
 */
export const askingWords: Record<string, readonly string[]> = {
  en: list(`many much need cost costs price pricing free add change delete remove invite reset send forgot password help does happens work
    works allowed make get put find where's support`),
  es: list(`precio precios cuesta gratis gratuito puedo puede pueden podemos hay necesito hacer cambiar borrar eliminar añadir agregar subir
    enviar contraseña olvidada olvidé ayuda archivo archivos funciona mi pasa guardar guardan correo cuenta cancelar pedido`),
  de: list(`wieviele viele kostet kosten preis preise kostenlos gibt geht darf brauche brauchen passiert ändern löschen hinzufügen einladen
    einrichten einbinden hochladen vergessen passwort hilfe datei dateien funktioniert bekomme mache lade heißt bedeutet anmelden abmelden kündigen`),
  fr: list(`prix gratuit coûte coûter puis-je puis peux peut-on faut ajouter changer modifier supprimer inviter envoyer télécharger oublié
    passe fichier fichiers fonctionne aide marche besoin compte annuler commande`),
  pt: list(`preço preços custa grátis posso podem preciso fazer mudar apagar excluir adicionar enviar senha esqueci ajuda arquivo arquivos
    ficheiro funciona conta cancelar pedido`),
  it: list(`prezzo prezzi costa gratuito posso possono bisogno fare cambiare cancellare eliminare aggiungere inviare dimenticata aiuto
    funziona ordine annullare`),
  nl: list(`prijs prijzen kost kosten gratis mag heb nodig wijzigen verwijderen toevoegen uitnodigen uploaden vergeten wachtwoord bestand
    bestanden werkt hulp annuleren bestelling`),
};

function list(words: string): string[] {
  return words.trim().split(/\s+/);
}
