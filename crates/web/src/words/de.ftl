# Was die Seiten auf Deutsch sagen. Schlicht, kurz, genau.

form-optional = freiwillig
form-back = Zurück
page-older = Ältere

rail-label = Orte
rail-skip = Zum Inhalt
rail-home = Start
rail-invoices = Rechnungen
rail-customers = Kunden
rail-people = Leute
rail-settings = Einstellungen
rail-new = Neu
rail-sign-out = Abmelden

refused-nothing = Hier ist nichts
refused-not-yours = Das dürfen Sie nicht
refused-broken = Etwas ist kaputtgegangen
refused-not-so = So geht es nicht
refused-home = Zum Start

sign-in-title = Anmelden
sign-in-aside = Verschlüsselt, auf diesem Server
sign-in-email = E-Mail-Adresse
sign-in-password = Passwort
sign-in-go = Weiter
code-title = Zweiter Schritt
code-label = Code
code-hint = Die sechs Ziffern, die Ihr Telefon oder Passwortmanager jetzt zeigt, oder einer Ihrer Ersatzcodes.
enter-title = Willkommen
enter-why = Dieser Link ist für Sie und gilt einmal. Er ist verbraucht, sobald Sie den Knopf drücken.
enter-go = Anfangen
enter-invited = Sie sind eingeladen, hier zu arbeiten als: { $role }. Die Einladung gilt für diese Adresse:
enter-known = Sie melden sich hier schon an? Melden Sie sich an und öffnen Sie diesen Link dann noch einmal.
enter-accept = Mit der vorhandenen Anmeldung beitreten

set-up-aside = Einrichtung
steps-you = Sie
steps-second = Zweiter Schritt
steps-business = Ihr Betrieb
you-title = Wer sind Sie?
you-why = Sie melden sich mit Ihrer Adresse und einem Passwort an. Ihr Name steht bei dem, was Sie tun.
you-name = Ihr Name
you-email = Ihre E-Mail-Adresse
you-email-fixed = Die Einladung gilt für diese Adresse; damit melden Sie sich an.
you-email-hint = Dorthin wird nichts geschickt, was Sie nicht wollen.
you-password = Ein Passwort
you-password-hint = Mindestens 8 Zeichen. Am besten mehrere Wörter, die nicht zusammengehören; Einfügen ist erlaubt.
you-go = Weiter
second-title = Ein zweiter Schritt
second-why = Ein gestohlenes Passwort allein öffnet hier nichts. Scannen Sie dies mit Telefon oder Passwortmanager und tippen Sie den Code ab.
second-show = Bild zeigen
second-picture = Bild für Ihren Authenticator
second-type = Oder tippen Sie dies hinein:
second-code = Der Code, den er jetzt zeigt
second-go = Code prüfen
spare-title = Ihre Ersatzcodes
spare-why = Für den Tag, an dem das Telefon weg ist. Jeder öffnet einmal statt des zweiten Schritts. Drucken oder notieren Sie sie; sie werden nur jetzt gezeigt.
spare-once = Wer einen hat, braucht trotzdem Ihr Passwort.
spare-go = Ich habe sie
join-title = Ein letzter Schritt
join-why = Ihre Anmeldung steht. Treten Sie dem Betrieb bei, der Sie eingeladen hat.
join-go = Beitreten
business-title = Ihr Betrieb
business-why = Das steht auf Ihren Rechnungen. Alles außer dem Land lässt sich später ändern.
business-name = Name des Betriebs
business-country = Land und Währung
business-vat-id = USt-IdNr.
business-vat-hint = Nötig auf Rechnungen mit Umsatzsteuer, etwa DE318204977.
business-prefix = Vor der Nummer
business-prefix-hint = AN- ergibt AN-2026-0001. Darf leer bleiben.
business-go = Bücher eröffnen

home-title = Was { $business } zusteht
home-new = Neue Rechnung
home-first = Die erste Rechnung schreiben
home-empty = Noch keine Rechnungen
home-empty-why = Hier wird stehen, was Ihnen zusteht, was überfällig ist und was unterwegs ist.
home-owed = Ihnen steht zu
home-overdue = Davon überfällig
home-expected = Erwartet
home-invoices = { $count ->
    [one] { $count } Rechnung
   *[other] { $count } Rechnungen
}
home-drafts = { $count ->
    [0] Kein Entwurf wartet
    [one] { $count } Entwurf wartet
   *[other] { $count } Entwürfe warten
}
home-chart = Überfällig und unterwegs
home-needs-you = Braucht Sie
home-all-late = Alles Überfällige
home-nothing = Heute braucht Sie nichts.
chart-owed = Was überfällig ist und was erwartet wird, nach Wochen
chart-table = Die Zahlen als Tabelle
chart-when = Wann
chart-amount = Betrag
chart-late = überfällig
chart-over-sixty = über 60 Tage
chart-over-thirty = 29–60
chart-over-fourteen = 15–28
chart-under-fourteen = 1–14
chart-later = später

status-draft = Entwurf
status-void = Ungültig
status-unpaid = Unbezahlt
status-part = Teils bezahlt
status-paid = Bezahlt
status-over = Überzahlt
status-overdue = { $days ->
    [one] { $days } Tag überfällig
   *[other] { $days } Tage überfällig
}

customers-title = Kunden
customers-empty = Noch keine Kunden
customers-empty-why = Für den Anfang genügt ein Name. Sie entstehen auch, wenn Sie ihn in eine Rechnung tippen.
customers-add = Neuer Kunde
customer-name = Name
customer-email = E-Mail
customer-email-hint = Wohin die Rechnungen gehen.
customer-street = Straße und Hausnummer
customer-post-code = Postleitzahl
customer-city = Ort
customer-country = Land
customer-country-hint = Zwei Buchstaben, etwa DE.
customer-vat-id = USt-IdNr.
customer-phone = Telefon
customer-save = Kunden speichern
customer-particulars = Angaben
customer-no-invoices = Noch keine Rechnungen an diesen Kunden.

invoices-title = Rechnungen
invoices-no-match = Keine Rechnung passt dazu
filter-label = Welche Rechnungen
filter-all = Alle
filter-drafts = Entwürfe
filter-open = Offen
filter-overdue = Überfällig
filter-paid = Bezahlt
filter-void = Ungültig
filter-clear = Alle zeigen
invoice-number = Nummer
invoice-customer = Kunde
invoice-issued = Ausgestellt
invoice-due = Fällig
invoice-state = Stand
invoice-delivery = Zustellung
delivery-not-sent = Nicht gesendet
delivery-mark-sent = Als gesendet vermerken
delivery-sent = Gesendet
delivery-bounced = Kam zurück
delivery-opened = Geöffnet
invoice-amount = Betrag
invoice-pdf = PDF herunterladen
invoice-edit = Ändern
invoice-issue = Ausstellen
invoice-page = Das Blatt
sum-net = Netto
sum-vat = Umsatzsteuer
sum-to-pay = Zu zahlen
payments-title = Zahlungen
payments-none = Für diese Rechnung ist kein Geld eingetragen.
payment-reversed = zurückgenommen
payment-amount = Betrag
payment-day = Eingegangen am
payment-method = Wie
payment-reference = Zweck
payment-record = Zahlung eintragen
method-transfer = Überweisung
method-cash = Bar
method-card = Karte
method-cheque = Scheck
method-other = Anders
void-title = Für ungültig erklären
void-why = Nur, was niemanden erreicht hat. Die Nummer bleibt vergeben, die Bücher werden durch einen zweiten Eintrag berichtigt.
void-go = Diese Rechnung für ungültig erklären
issue-title = Diese Rechnung ausstellen?
issue-fixed = Sie bekommt die Nummer { $number } und lässt sich nicht mehr ändern. Fehler werden mit einem zweiten Dokument berichtigt.
issue-go = Rechnung ausstellen

editor-title = Entwurf ändern
editor-new-customer = Ein neuer Kunde
editor-customer-name = Name des neuen Kunden
editor-customer-hint = Nur wenn er nicht in der Liste steht.
editor-lines = Was berechnet wird
editor-delivered = Geliefert am
editor-reference = Sein Zeichen
editor-order = Seine Bestellnummer
editor-due-hint = { $days } Tage nach dem Ausstellen, wenn leer.
editor-exemption = Warum keine Umsatzsteuer anfällt
editor-exemption-hint = Nötig, wenn eine Zeile keine hat; es steht auf der Rechnung.
editor-note = Eine Nachricht an den Kunden
editor-look = Speichern und ansehen
editor-save = Entwurf speichern
editor-whom = Sagen Sie, wer bezahlt: wählen Sie einen Kunden oder tippen Sie den Namen eines neuen.
line-what = Leistung
line-quantity = Menge
line-price = Preis
line-vat = USt.
tax-standard = Regelsatz { $rate } %
tax-zero = Nullsatz
tax-exempt = Steuerfrei
tax-reverse = Kunde schuldet die USt.
tax-eu = Innergemeinschaftliche Lieferung
tax-export = Ausfuhr
tax-outside = Nicht steuerbar

people-title = Leute
people-here = Wer hier arbeitet
people-role = Rolle
people-change = Rolle ändern
people-end = Zeit hier beenden
role-owner = Inhaberin oder Inhaber
role-administrator = Verwaltung
role-finance-manager = Finanzleitung
role-billing-clerk = Rechnungsstelle
role-sales-representative = Vertrieb
role-auditor = Prüfung
invite-title = Jemanden einladen
invite-why = Sie bekommen einen Link, der einmal gilt, sieben Tage lang. Wer ihn öffnet, richtet eine eigene Anmeldung ein oder nutzt die vorhandene.
invite-email = E-Mail-Adresse der Person
invite-email-hint = Damit meldet sie sich an. Der Link gilt nur für diese Adresse.
invite-until = bis { $time } UTC
invite-opened = geöffnet, noch nicht beigetreten
invite-end = Zurücknehmen
people-not-more = Niemand gibt mehr, als er hat: für andere Rollen fragen Sie eine Inhaberin oder einen Inhaber.
invite-go = Link erstellen
invite-made = Der Link ist erstellt. Er wird nur jetzt gezeigt.
invite-hand-over = Übergeben Sie ihn selbst der Person, für die er ist:
invite-waiting = { $count ->
    [one] { $count } Einladung wartet
   *[other] { $count } Einladungen warten
}

settings-title = Einstellungen
settings-business = Der Betrieb
settings-tax-number = Steuernummer
settings-terms = Tage zum Zahlen
settings-account = Das Konto, auf das man Ihnen zahlt
settings-account-why = Eine Änderung fällt im Verlauf auf: sie ist, was ein Betrüger wollte.
settings-holder = Wessen Konto
settings-iban = IBAN
settings-bic = BIC
settings-show-account = Konto und Zahlcode auf Rechnungen drucken
settings-save = Speichern
settings-saved = Gespeichert. Was ausgestellt ist, bleibt, wie es war.
settings-sign-in = Ihr Passwort
settings-old-password = Ihr jetziges Passwort
settings-new-password = Das neue
settings-change-password = Passwort ändern
settings-password-changed = Ihr Passwort ist geändert, alle anderen Anmeldungen sind beendet.
settings-sessions = Wo Sie angemeldet sind
settings-this-one = hier
settings-end-others = Alle anderen beenden

link-title = Link
link-make = Link für den Kunden erstellen
link-made = Der Link ist erstellt. Er wird nur jetzt gezeigt.
link-hand-over = Wer ihn hat, öffnet diese eine Rechnung. Übergeben Sie ihn selbst:
document-title = Ein Dokument für Sie
document-from = { $sender } hat Ihnen ein Dokument geschickt
document-why = Es öffnet sich, wenn Sie den Knopf drücken; der Absender sieht dann, dass Sie es haben.
document-open = Öffnen
document-number = Rechnung { $number }
document-what = Wofür
pay-title = So zahlen Sie
pay-nothing = Nichts ist offen. Danke.
pay-ask = Fragen Sie den Absender nach dem Konto, unter der Nummer, die Sie schon haben.
pay-code = Zahlcode für Ihre Bank-App
pay-code-why = Der Code trägt all das in Ihre Bank-App ein.
pay-to = An
pay-warning = Nannte eine Nachricht ein anderes Konto? Zahlen Sie nicht. Rufen Sie den Absender unter der Nummer an, die Sie schon haben.
