/**
 * Words with which visitors ask help pages, in seven languages: what a question in one language may be called in documents of another, where no
 * letters are shared ("Kollege", "colleague"). One line is one meaning: en | de | es | fr | it | pt | nl, several words of a language apart by blanks.
 */
export const visitorWords = `
account | konto benutzerkonto | cuenta | compte | account conto | conta | account rekening
add | hinzufügen ergänzen füge | añadir agregar añado agrego | ajouter ajoute | aggiungere aggiungo | adicionar adiciono | toevoegen
address | adresse | dirección | adresse | indirizzo | endereço | adres
agreement contract | vertrag | contrato | contrat | contratto | contrato | contract overeenkomst
allow | erlauben zulassen erlaubt | permitir permite | autoriser permettre autorise | permettere consentire | permitir | toestaan
answer reply | antwort antworten beantworten | respuesta responder responde | réponse répondre répond | risposta rispondere | resposta responder | antwoord antwoorden
ask question | frage fragen | pregunta preguntar | question poser demander | domanda chiedere | pergunta perguntar | vraag vragen
attach attachment | anhang anhängen | adjuntar adjunto | joindre jointe | allegare allegato | anexar anexo | bijlage
backup | sicherung sicherungskopie datensicherung backup sichern sichere | respaldo copia | sauvegarde sauvegarder | backup | backup cópia | reservekopie
begin start | beginnen anfangen starten starte | empezar comenzar iniciar | commencer démarrer | iniziare cominciare avviare | começar iniciar | beginnen starten
bill invoice | rechnung | factura | facture | fattura | fatura | factuur
book reservation | buchen buchung reservieren reservierung | reservar reserva | réserver réservation | prenotare prenotazione | reservar reserva | boeken reserveren
browser | browser | navegador navegadores | navigateur navigateurs | browser | navegador | browser
buy purchase | kaufen kauf | comprar compra | acheter achat | comprare acquisto | comprar compra | kopen aankoop
cancel | kündigen stornieren abbrechen kündige storniere | cancelar anular cancelo | annuler résilier annule | annullare disdire annullo | cancelar | annuleren opzeggen
change modify | ändern verändern änderung ändere wechseln | cambiar modificar cambio cambia | changer modifier change | cambiare modificare cambio | mudar alterar modificar mudo | wijzigen veranderen
choose select | auswählen wählen | elegir seleccionar | choisir sélectionner | scegliere selezionare | escolher selecionar | kiezen selecteren
close | schließen | cerrar | fermer | chiudere | fechar | sluiten
colleague coworker teammate | kollege kollegin kollegen | compañero compañera colega | collègue | collega | colega | collega
color colour | farbe farben | color colores | couleur couleurs | colore colori | cor cores | kleur kleuren
connect connection | verbinden verbindung | conectar conexión | connecter connexion | connettere collegare connessione | conectar conexão conexao | verbinden verbinding
copy | kopieren kopie | copiar copia | copier copie | copiare copia | copiar cópia | kopiëren kopie
cost price | kosten preis kostet preise | costo coste precio costar cuesta precios | coût prix coûter coûte coûtent | costo prezzo costare costa prezzi | custo preço custar custa preços | kosten prijs kost
country | land länder | país países | pays | paese paesi | país países | land landen
create | erstellen anlegen erstelle | crear creo | créer crée | creare creo | criar crio | maken aanmaken
customer | kunde kunden | cliente | client cliente | cliente clienti | cliente | klant klanten
data | daten | datos | données | dati | dados | gegevens
date | datum | fecha | date | data | data | datum
day | tag tage | día días | jour jours | giorno giorni | dia dias | dag dagen
delete remove erase | löschen entfernen lösche entferne | borrar eliminar borro elimino | supprimer effacer supprime | cancellare eliminare rimuovere elimino | apagar excluir eliminar remover | verwijderen wissen
deliver delivery | liefern lieferung | entregar entrega | livrer livraison | consegnare consegna | entregar entrega | leveren levering bezorgen
discount | rabatt | descuento | remise réduction | sconto | desconto | korting
document | dokument dokumente | documento | document | documento documenti | documento | document documenten
download | herunterladen lade | descargar descarga | télécharger téléchargement | scaricare | baixar descarregar | downloaden
edit | bearbeiten | editar | modifier éditer | modificare | editar | bewerken
embed insert | einbinden einfügen einbauen füge | insertar incrustar integrar | intégrer insérer intègre | inserire incorporare | inserir incorporar | invoegen insluiten
employee staff | mitarbeiter angestellte | empleado empleados | employé employés salarié | dipendente dipendenti | funcionário empregado | medewerker werknemer
enable activate | aktivieren einschalten | activar habilitar | activer | attivare abilitare | ativar habilitar | inschakelen activeren
disable deactivate | deaktivieren ausschalten abschalten | desactivar | désactiver | disattivare | desativar | uitschakelen
error failure | fehler | error fallo | erreur panne | errore | erro falha | fout storing
file | datei dateien | archivo fichero archivos | fichier fichiers | file | arquivo ficheiro arquivos | bestand bestanden
find search | finden suchen suche finde | encontrar buscar búsqueda | trouver chercher rechercher recherche | trovare cercare ricerca | encontrar procurar buscar busca | vinden zoeken
forget | vergessen | olvidar olvidado olvidada olvidé | oublier oublié | dimenticare dimenticato | esquecer esqueci | vergeten
format | format formate | formato formatos | format formats | formato formati | formato formatos | formaat
free | kostenlos gratis kostenfrei | gratis gratuito gratuita | gratuit gratuite gratuitement | gratis gratuito | grátis gratuito | gratis
help support | hilfe helfen unterstützung | ayuda ayudar soporte | aide aider assistance | aiuto aiutare assistenza | ajuda ajudar suporte | hulp helpen ondersteuning
hour | stunde stunden | hora horas | heure heures | ora ore | hora horas | uur uren
image picture | bild bilder | imagen imágenes | image images | immagine immagini | imagem imagens | afbeelding afbeeldingen
install installation | installieren installation installiere | instalar instalación instalo | installer installation installe | installare installazione installo | instalar instalação instalo | installeren installatie
insurance | versicherung | seguro | assurance | assicurazione | seguro | verzekering
invite | einladen einladung lade | invitar invitación invito | inviter invitation invite | invitare invito | convidar convite convido | uitnodigen uitnodiging
key | schlüssel | clave llave | clé clef | chiave | chave | sleutel
language | sprache sprachen | idioma idiomas lengua | langue langues | lingua lingue | idioma língua | taal talen
large big size | groß größe grösse | grande tamaño | grand grande taille | grande dimensione dimensioni | grande tamanho | groot grootte
last length duration | dauern dauert dauer länge | durar dura duración longitud | durer durée longueur | durare durata lunghezza | durar duração comprimento | duren duur lengte
law legal | gesetz recht | ley legal | loi légal | legge | lei legal | wet wettelijk
license licence | lizenz | licencia | licence | licenza | licença | licentie
limit | grenze limit begrenzung | límite | limite | limite | limite | limiet
maximum | maximal höchstens | máximo máxima | maximum maximal maximale | massimo massima | máximo máxima | maximum maximaal
minimum | mindestens mindest | mínimo mínima | minimum minimal minimale | minimo minima | mínimo mínima | minimum minimaal
member | mitglied mitglieder | miembro miembros | membre membres | membro membri | membro | lid leden
message | nachricht nachrichten | mensaje mensajes | message messages | messaggio messaggi | mensagem mensagens | bericht berichten
minute | minute minuten | minuto | minute | minuto | minuto | minuut minuten
model | modell modelle | modelo modelos | modèle modèles | modello modelli | modelo modelos | model modellen
money | geld | dinero | argent | denaro soldi | dinheiro | geld
month | monat monate | mes meses | mois | mese mesi | mês meses | maand maanden
name | name namen | nombre | nom prénom | nome | nome | naam
need require | brauchen benötigen brauche benötige nötig | necesitar necesito necesita | besoin nécessaire | bisogno servire serve | precisar preciso | nodig
network internet | netz netzwerk internet | red internet | réseau internet | rete internet | rede internet | netwerk internet
new | neu neue neuen | nuevo nueva | nouveau nouvelle | nuovo nuova | novo nova | nieuw nieuwe
notification notify | benachrichtigung benachrichtigen | notificación notificar | notification notifier | notifica notificare | notificação notificar | melding
open | öffnen | abrir abierto | ouvrir ouvert | aprire aperto | abrir aberto | openen
order | bestellung bestellen auftrag | pedido pedir | commande commander | ordine ordinare | pedido encomenda | bestelling bestellen
page | seite seiten | página páginas | page pages | pagina pagine | página páginas | pagina
password | passwort kennwort | contraseña contraseñas clave | passe | password | senha | wachtwoord
pay payment | zahlen bezahlen zahlung bezahlung | pagar pago | payer paiement | pagare pagamento | pagar pagamento | betalen betaling
person human people | mensch menschen person personen leute | persona personas humano | personne personnes humain | persona persone umano | pessoa pessoas humano | mens mensen persoon
phone telephone | telefon | teléfono | téléphone | telefono | telefone | telefoon
print | drucken | imprimir | imprimer | stampare | imprimir | afdrukken
privacy protection | datenschutz schutz | privacidad protección | confidentialité protection | privacy protezione | privacidade proteção | privacy bescherming
product | produkt produkte | producto | produit produits | prodotto prodotti | produto | product producten
refund | erstattung rückerstattung erstatten | reembolso devolución | remboursement rembourser | rimborso rimborsare | reembolso | terugbetaling
register registration | registrieren registrierung anmeldung | registrar registro inscripción | inscrire inscription enregistrer | registrare registrazione iscrizione | registrar registro | registreren registratie
rent | mieten miete | alquilar alquiler | louer loyer location | affittare affitto | alugar aluguel | huren huur
report | bericht melden | informe informar | rapport signaler | rapporto segnalare | relatório relatar | rapport melden
reach | erreichen erreicht | alcanzar alcanza | atteindre atteint | raggiungere | atingir | bereiken
reset | zurücksetzen | restablecer reiniciar | réinitialiser | reimpostare ripristinare | redefinir repor | resetten herstellen
restore | wiederherstellen | restaurar recuperar | restaurer rétablir | ripristinare | restaurar recuperar | herstellen
return | rückgabe zurückgeben zurücksenden | devolver devolución | retourner retour renvoyer | restituire reso | devolver devolução | retour terugsturen
role | rolle rollen | rol función | rôle | ruolo ruoli | papel função | rol rollen
save store | speichern gespeichert aufbewahren | guardar guardan almacenar almacenan | enregistrer stocker stockées stockés conserver | salvare memorizzare | guardar salvar armazenar | opslaan bewaren
security secure | sicherheit sicher | seguridad seguro | sécurité sécurisé | sicurezza sicuro | segurança seguro | veiligheid beveiliging
sell sale | verkaufen verkauf | vender venta | vendre vente | vendere vendita | vender venda | verkopen verkoop
send | senden schicken sende | enviar envío mandar | envoyer envoie | inviare mandare | enviar mandar | sturen verzenden
ship shipping | versand versenden | envío | expédition expédier | spedizione spedire | envio | verzending
server | server | servidor | serveur | server | servidor | server
setting settings configure | einstellung einstellungen einstellen einrichten | ajuste ajustes configuración configurar | paramètre paramètres réglage réglages configurer configuration | impostazione impostazioni configurare | configuração configurações configurar | instelling instellingen instellen
share | teilen | compartir | partager | condividere | compartilhar partilhar | delen
shop store | geschäft shop | tienda | boutique magasin | negozio | loja | winkel
show display | zeigen anzeigen | mostrar | montrer afficher | mostrare visualizzare | mostrar exibir | tonen weergeven
speak talk | sprechen reden | hablar | parler | parlare | falar | spreken praten
stop end | stoppen anhalten beenden | parar detener | arrêter | fermare arrestare | parar | stoppen
subscription subscribe | abonnement abo | suscripción | abonnement abonner | abbonamento | assinatura | abonnement
tax | steuer steuern | impuesto impuestos | impôt taxe taxes | tassa tasse imposta | imposto | belasting
test try | testen ausprobieren probieren | probar prueba | tester essayer essai | provare prova testare | testar experimentar | testen proberen
text | text texte | texto | texte | testo | texto | tekst
time | zeit | tiempo | temps | tempo | tempo | tijd
ticket | ticket fahrkarte | billete boleto | billet | biglietto | bilhete | kaartje
translate translation | übersetzen übersetzung | traducir traducción | traduire traduction | tradurre traduzione | traduzir tradução | vertalen vertaling
update upgrade | aktualisieren aktualisierung | actualizar actualización | actualiser | aggiornare aggiornamento | atualizar atualização | bijwerken
upload | hochladen lade | subir cargar subo | téléverser charger importer | caricare carico | enviar carregar | uploaden
use | benutzen verwenden nutzen benutze verwende | usar utilizar uso | utiliser utilise | usare utilizzare uso | usar utilizar uso | gebruiken gebruik
user | benutzer nutzer | usuario usuarios | utilisateur utilisateurs | utente utenti | usuário utilizador | gebruiker gebruikers
visitor guest | besucher gast gäste | visitante visitantes huésped | visiteur visiteurs invité | visitatore visitatori ospite | visitante hóspede | bezoeker bezoekers gast
wait | warten | esperar espera | attendre attente | aspettare attendere attesa | esperar espera | wachten
warranty guarantee | garantie gewährleistung | garantía | garantie | garanzia | garantia | garantie
website site | webseite website internetseite | sitio web | site web | sito | site | website
week | woche wochen | semana semanas | semaine semaines | settimana settimane | semana semanas | week weken
word | wort wörter | palabra palabras | mot mots | parola parole | palavra palavras | woord woorden
work function | funktionieren funktioniert arbeiten | funcionar funciona trabajar | fonctionner fonctionne marche travailler | funzionare funziona lavorare | funcionar funciona trabalhar | werken werkt
write | schreiben | escribir | écrire | scrivere | escrever | schrijven
year | jahr jahre | año años | an année années | anno anni | ano anos | jaar jaren
`;
