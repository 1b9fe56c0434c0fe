# Was die Seiten auf Deutsch sagen. Schlicht, kurz, genau.

form-optional = optional
form-back = Zurück
wrong-more = { $count ->
    [one] und eines mehr
   *[other] und { $count } mehr
}
wrong-line = Position { $line }
wrong-heading = { $count ->
    [one] Eine Angabe stimmt noch nicht
   *[other] { $count } Angaben stimmen noch nicht
}
form-leave = So lassen
page-older = Ältere
page-first = Zum Anfang
page-next = Weiter
found-first = Die ersten { $count }, die passen. Ist es keiner davon, tippen Sie mehr vom Namen.
page-longest-late-first = { $count } gezeigt, am längsten überfällig zuerst
page-newest-first = { $count } gezeigt, neueste zuerst

rail-label = Orte
rail-skip = Zum Inhalt
rail-home = Start
rail-invoices = Rechnungen
rail-customers = Kunden
rail-payments = Zahlungen
rail-people = Team
rail-backup = Sicherung
rail-settings = Einstellungen
rail-new = Neu
rail-more = Mehr
rail-sign-out = Abmelden

refused-nothing = Hier ist nichts
refused-not-yours = Das dürfen Sie nicht
refused-broken = Etwas ist kaputtgegangen
refused-moment = Einen Augenblick, bitte
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
enter-from = Sie sind eingeladen von
enter-invited = Sie arbeiten dort als: { $role }.
enter-address = Die Einladung gilt für diese Adresse:
enter-known = Sie melden sich hier schon an? Melden Sie sich an und öffnen Sie diesen Link dann noch einmal.
enter-accept = Mit der vorhandenen Anmeldung beitreten

set-up-aside = Einrichtung
steps-you = Sie
steps-second = Zweiter Schritt
steps-business = Ihr Betrieb
steps-join = Beitreten
steps-sheet = Rettungsblatt
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
second-why = Ein gestohlenes Passwort allein öffnet hier nichts. Scannen Sie dies mit einer Authenticator-App auf dem Telefon oder mit Ihrem Passwortmanager und tippen Sie den Code ab, der dort steht.
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
join-whom = Ihre Anmeldung steht. Treten Sie jetzt bei: { $business } hat Sie eingeladen.
join-why = Ihre Anmeldung steht. Treten Sie dem Betrieb bei, der Sie eingeladen hat.
join-go = Beitreten
business-title = Ihr Betrieb
business-why = Das steht auf Ihren Rechnungen. Alles außer dem Land und seiner Währung lässt sich später ändern.
business-name = Name des Betriebs
business-country = Land und Währung
business-country-hint = Wo Sie Steuern zahlen. Es bestimmt Umsatzsteuer, Währung und Zeitzone und lässt sich später nicht ändern.
business-country-choose = Bitte wählen
business-address-hint = Das Steuerrecht verlangt sie auf jeder Rechnung. Sie lässt sich nachtragen.
business-vat-id = USt-IdNr.
business-vat-hint = Ohne sie, oder eine Steuernummer in den Einstellungen, lässt sich keine Rechnung mit Umsatzsteuer ausstellen. Zum Beispiel DE318204977.
business-iban = IBAN des Kontos, auf das Sie bezahlt werden
business-iban-hint = Sie wird auf Ihre Rechnungen gedruckt, mit einem Zahlcode. Sie lässt sich nachtragen.
business-prefix = Anfang der Rechnungsnummern
business-prefix-hint = AN- ergibt AN-2026-0001. Darf leer bleiben.
business-go = Bücher eröffnen

home-title = Was { $business } zusteht
home-new = Neue Rechnung
home-first = Die erste Rechnung schreiben
home-empty = Noch keine Rechnungen
home-empty-why = Diese Seite zeigt, was Ihnen zusteht, was überfällig ist und was unterwegs ist.
home-owed = Ihnen steht zu
home-overdue = Davon überfällig
home-expected = Erwartet
home-oldest = { $days ->
    [one] die älteste seit { $days } Tag überfällig
   *[other] die älteste seit { $days } Tagen überfällig
}
home-late-unsent = { $count ->
    [one] eine davon ist überfällig
   *[other] { $count } davon sind überfällig
}
home-unsent = { $count ->
    [one] Eine Rechnung ist ausgestellt und nicht gesendet
   *[other] { $count } Rechnungen sind ausgestellt und nicht gesendet
}
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
home-all-late = Alle { $count } überfälligen
home-credits-more = { $count ->
    [one] Ein weiteres Guthaben.
   *[other] { $count } weitere Guthaben.
}
home-credits-many = Mehr als { $count } weitere Guthaben.
home-nothing = Heute braucht Sie nichts.
chart-owed = Was überfällig ist und was erwartet wird, nach Wochen
chart-table = Die Zahlen als Tabelle
chart-when = Wann
chart-amount = Betrag
chart-late = überfällig
chart-late-title = Überfällig, nach Wochen
chart-expected-title = Erwartet, nach Wochen
chart-today = heute
chart-over-eight-weeks = über 8 Wo.
chart-to-eight-weeks = 5–8 Wo.
chart-to-four-weeks = 3–4 Wo.
chart-to-two-weeks = 1–2 Wo.
chart-currency = Währung der Zeichnung
chart-later = später

status-draft = Entwurf
name-altered = Nicht gezeigt: es wurde verändert
status-void = Ungültig
status-unpaid = Unbezahlt
status-part = Teils bezahlt
status-paid = Bezahlt
status-over = Überzahlt
status-due-today = Heute fällig
status-overdue = { $days ->
    [one] { $days } Tag überfällig
   *[other] { $days } Tage überfällig
}

customers-title = Kunden
customers-empty = Noch keine Kunden
customers-empty-why = Für den Anfang genügt ein Name. Sie entstehen auch, wenn Sie ihn in eine Rechnung tippen.
customers-search = Name eines Kunden
customers-none-named = Kein Kunde heißt wie „{ $text }“
customers-add = Neuer Kunde
customer-name = Name
customer-email = E-Mail
customer-email-hint = Wohin die Rechnungen gehen.
customer-street = Straße und Hausnummer
customer-post-code = Postleitzahl
customer-city = Ort
customer-subdivision = Bundesland oder Provinz
customer-country = Land
customer-vat-id = USt-IdNr.
customer-phone = Telefon
customer-save = Kunden speichern
customer-particulars = Angaben
customers-no-match = Kein Kunde passt dazu
customers-by-name = { $count } gezeigt, nach Namen
customers-oldest-debt = { $count } gezeigt, älteste Forderung zuerst
filter-customers = Welche Kunden
filter-owing = Schulden Ihnen
filter-overdue = Überfällig
filter-unsent = Nicht gesendet
customer-credit = Guthaben
customer-credit-why = Mehr gezahlt als verlangt. Ziehen Sie es von der nächsten Zahlung ab, oder zahlen Sie es zurück.
customer-nothing-open = Nichts
customer-namesakes = { $count ->
    [one] Diesen Namen hat hier schon jemand.
   *[other] Diesen Namen haben hier schon { $count } Kunden.
}
customer-namesakes-what = Ist es einer von ihnen, öffnen Sie ihn, und nichts kommt hinzu. Ist es jemand anderes, fügen Sie ihn hinzu: E-Mail oder Ort unterscheiden die beiden später.
customer-also = Als weiteren Kunden hinzufügen
customer-only-name = Bisher ist nur der Name bekannt.
customer-no-invoices = Noch keine Rechnungen an diesen Kunden.

invoices-title = Rechnungen
invoices-no-match = Keine Rechnung passt dazu
no-drafts = Kein Entwurf wartet
no-open = Nichts ist offen
no-overdue = Nichts ist überfällig
no-unsent = Alles Offene ist gesendet
no-paid = Noch keine Rechnung ist bezahlt
no-void = Keine Rechnung ist ungültig
filter-label = Welche Rechnungen
filter-all = Alle
filter-drafts = Entwürfe
filter-open = Offen
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
delivery-mark-sent = Als gesendet vermerken …
delivery-ends-void = Ist sie übergeben, per Mail, per Link oder von Hand, lässt sie sich nicht mehr für ungültig erklären.
sent-title = Diese Rechnung als gesendet vermerken?
sent-why = Für das, was Sie selbst übergeben haben: per Post, von Hand, mit dem Link oder in einer eigenen Mail. Coffer sendet dadurch nichts.
sent-then = Von da an gilt sie als an diesem Tag gesendet und lässt sich nicht mehr für ungültig erklären. Das lässt sich nicht rückgängig machen.
sent-day = Gesendet am
sent-number = { $number } als gesendet vermerken
delivery-link-made = Link erstellt
delivery-link-made-why = Bisher nicht geöffnet. Vermerken Sie, sobald Sie ihn weitergegeben haben: Vorher weiß hier niemand, dass sie gesendet ist.
delivery-sent = Gesendet
delivery-bounced = Kam zurück
delivery-opened = Geöffnet
invoice-total = Summe
invoice-overdue = Überfällig
invoice-pdf = PDF herunterladen
invoice-edit = Ändern
invoice-issue = Ausstellen
invoice-page = Das Papier
sum-net = Netto
sum-lines = Positionen
sum-vat-rate = Umsatzsteuer { $rate } %
sum-to-pay = Zu zahlen
sum-rounding = Rundung
sum-asked = Gefordert
sum-received = Erhalten
sum-open = Noch offen
sum-to-pay-now = Jetzt zu zahlen
sum-over = Zu viel bezahlt
done-issued = Sie ist ausgestellt. Übergeben Sie sie jetzt: mit einem Link oder als PDF.
done-issued-mail = Sie ist ausgestellt. Senden Sie sie jetzt per E-Mail, oder übergeben Sie sie mit einem Link oder als PDF.
done-issued-by-hand = Sie ist ausgestellt. Laden Sie jetzt das PDF herunter, übergeben Sie es, und vermerken Sie sie als gesendet.
done-issued-more = Sie könnte auch per E-Mail oder mit einem Link hinausgehen.
done-sent = Als gesendet vermerkt.
links-ended = Kein Link öffnet sie mehr.
done-links-ended = Kein Link öffnet sie mehr.
done-paid = Die Zahlung ist eingetragen.
done-taken-back = Die Zahlung ist zurückgenommen.
done-void = Sie ist ungültig. Ihre Nummer bleibt vergeben.
happened-title = Was geschah
happened-issued = Ausgestellt als { $number }
happened-link-made = Link erstellt
happened-links-ended = Alle Links dazu beendet
happened-sent-before = Davor wurde sie gesendet.
happened-overdue = Wurde überfällig
happened-void = Für ungültig erklärt
happened-received = { $amount } erhalten
happened-taken-back = { $amount } zurückgenommen
take-back = Zurücknehmen
take-back-title = Diese Zahlung zurücknehmen?
take-back-why = Was sie gedeckt hat, ist wieder offen. Die Zahlung bleibt in den Büchern, mit einem zweiten Eintrag, der sie aufhebt.
take-back-go = Zurücknehmen
too-much-title = Mehr, als offen ist?
too-much-amount = Eingetragen
too-much-beyond = Zu viel
too-much-why = So eingetragen, ist die Rechnung überzahlt, und was zu viel ist, bleibt dem Kunden als Guthaben.
too-much-no = Betrag ändern
too-much-go = { $amount } eintragen
payments-title = Zahlungen
payments-none = Für diese Rechnung ist kein Geld eingetragen.
payment-reversed = zurückgenommen
payment-reversed-on = zurückgenommen am { $date }
payment-invoice = Rechnung
payments-record = Auf offene Rechnung eintragen
payments-empty = Noch ist kein Geld eingegangen
payments-empty-why = Was Sie auf einer Rechnung eintragen, steht hier, das Neueste zuerst, mit dem Kunden und dem, was auf der Überweisung stand.
payments-to-invoices = Zu den Rechnungen
filter-payments = Welche Zahlungen
filter-taken-back = Zurückgenommene
no-taken-back = Keine Zahlung ist zurückgenommen
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
void-title = Diese Rechnung für ungültig erklären?
void-why = Nur, was niemanden erreicht hat. Die Nummer bleibt vergeben, die Bücher werden durch einen zweiten Eintrag berichtigt. Das lässt sich nicht rückgängig machen.
void-go = Für ungültig erklären …
void-number = { $number } für ungültig erklären
invoice-period = Berechnet für
invoice-mark = Merkmal auf dem Papier
void-not-paid-on = Sie kann nicht für ungültig erklärt werden, solange Geld auf sie zählt: Nehmen Sie erst die Zahlung zurück.
void-not-link-made = Ein Link zu ihr wurde erstellt, darum kann sie nicht mehr für ungültig erklärt werden: Jemand kann sie haben und gebucht haben. Einigen Sie sich mit dem Kunden auf eine zweite Rechnung, die sie berichtigt.
void-not-sent = Sie wurde gesendet und kann nicht mehr für ungültig erklärt werden: Jemand kann sie gebucht haben. Einigen Sie sich mit dem Kunden auf eine zweite Rechnung, die sie berichtigt.
void-since = Ungültig seit { $date }
void-do-not-pay = Der Absender hat sie für ungültig erklärt. Bezahlen Sie sie nicht.
void-nothing = Für sie ist nichts zu zahlen, und niemand soll sie bekommen.
issue-title = Diese Rechnung ausstellen?
issue-fixed = Sie bekommt die Nummer { $number } und lässt sich nicht mehr ändern. Solange niemand sie hat, lässt sie sich für ungültig erklären; danach stellt eine zweite Rechnung Fehler richtig.
issue-also-owed = Dieser Kunde schuldet noch
issue-also-owed-why = Soll diese sie ersetzen, erklären Sie auch jene für ungültig: Sonst sind beide geschuldet.
issue-go = Rechnung ausstellen
issue-delivered-to = Geliefert nach
issue-due-by-terms = { $days ->
    [0] am Tag der Ausstellung, nach Ihrem Zahlungsziel
    [one] einen Tag nach der Ausstellung, nach Ihrem Zahlungsziel
   *[other] { $days } Tage nach der Ausstellung, nach Ihrem Zahlungsziel
}
missing-title = { $count ->
    [one] Eine Angabe gehört noch darauf
   *[other] { $count } Angaben gehören noch darauf
}
missing-why = Nach der europäischen Norm hat eine Rechnung all das. Sie lässt sich auch ohne ausstellen, dann aber nicht mehr ergänzen.
missing-first = Sie lässt sich noch nicht ausstellen
missing-first-go = Fehlendes eintragen
missing-first-who = Wer es ändern darf, trägt es nach; dann lässt sie sich ausstellen.
missing-seller-address = Ihre Anschrift
missing-buyer-address = Die Anschrift des Kunden
missing-address-why = Straße, Ort und Land
missing-seller-tax-id = Ihre USt-IdNr. oder Steuernummer
missing-buyer-tax-id = Die USt-IdNr. des Kunden
missing-seller-details = Die Angaben zu Ihrem Unternehmen
missing-buyer-details = Die Angaben zum Kunden
missing-tax-id-why = mit dieser Umsatzsteuer lässt sie sich ohne nicht ausstellen
missing-delivery = Der Tag der Lieferung oder der Zeitraum
missing-delivery-why = darf nur fehlen, wo es der Tag der Ausstellung ist
missing-account = Das Konto, auf das gezahlt wird
missing-account-why = ohne muss der Kunde danach fragen
missing-account-unseen = Das Konto auf dem Papier
missing-account-unseen-why = es ist hier bekannt, wird aber nicht gedruckt, und kein Link kann es zeigen

editor-title = Entwurf ändern
editor-draft-for = Entwurf für { $customer }
editor-new-customer = Ein neuer Kunde
editor-customer-name = Name des neuen Kunden
editor-change-customer = Diesen Kunden ändern
editor-customer-hint = Nur wenn er nicht in der Liste steht.
editor-whom-hint = Tippen Sie einen Namen. Wer neu ist, wird dadurch angelegt.
editor-whom-new = Ein neuer Kunde: Er wird mit dem Entwurf angelegt.
editor-add-customer = „{"{}"}“ als neuen Kunden anlegen
editor-keep-item = „{"{}"}“ in den Katalog aufnehmen
editor-use-typed = Nur „{"{}"}“, auf dieser Rechnung
editor-keep-item-then = Sobald hier der Preis steht, wird es in den Katalog aufgenommen.
item-kept = „{ $text }“ steht jetzt im Katalog, mit dieser Einheit, diesem Preis und dieser Steuer.
editor-own-currency = Die des Kunden
editor-currency = Währung
editor-lines = Was berechnet wird
editor-add-line = Position hinzufügen
editor-delivered = Geliefert am
editor-delivered-hint = Steht auf der Rechnung.
editor-reference = Referenz des Kunden
editor-reference-hint = Was er darauf finden will, zum Beispiel eine Kostenstelle oder Leitweg-ID.
editor-order = Bestellnummer
editor-order-hint = Vom Kunden genannt.
editor-due-hint = Leer: { $days } Tage danach.
editor-terms = Zahlungsbedingungen
editor-terms-hint = In Worten, neben dem Fälligkeitstag ({ $days } Tage nach dem Ausstellen).
editor-exemption = Warum keine Umsatzsteuer anfällt
editor-exemption-hint = Was frei von Umsatzsteuer ist, lässt sich ohne Grund nicht ausstellen; jede Art hat ihren eigenen. Er steht auf dem Papier.
editor-exemption-example = Kleinunternehmer, § 19 UStG
editor-abroad = Lieferung in ein anderes EU-Land
editor-abroad-country = In welches Land
editor-abroad-hint = Es steht auf der Rechnung, neben der USt-IdNr. des Kunden.
editor-abroad-home = Wo der Kunde ist
editor-period = Für einen Zeitraum statt eines Tages
editor-period-from = Erster Tag
editor-period-to = Letzter Tag
editor-note = Eine Nachricht an den Kunden
editor-note-hint = Wer die Rechnung hat, kann sie lesen. Kartennummern werden hier abgelehnt.
editor-adjustments = Rabatte und Zuschläge auf die ganze Rechnung
editor-more = Referenzen und Bedingungen
editor-save = Entwurf speichern
editor-copy = Als neuen Entwurf kopieren
editor-issue = Ausstellen…
editor-issue-hint = Bevor sie ihre Nummer bekommt, werden Sie noch einmal gefragt.
editor-saving = Wird gespeichert…
editor-kept = Gespeichert, verschlüsselt, auf diesem Server. Niemand draußen sieht ihn, bis Sie ihn ausstellen.
editor-kept-half = Gespeichert wie getippt, verschlüsselt, auf diesem Server. Was unfertig ist, zählt noch nicht.
editor-kept-at = Gespeichert um { $at }, verschlüsselt, auf diesem Server. Niemand draußen sieht ihn, bis Sie ihn ausstellen.
editor-kept-half-at = Gespeichert wie getippt um { $at }, verschlüsselt, auf diesem Server. Was unfertig ist, zählt noch nicht.
editor-needs-customer = Wählen Sie einen Kunden, damit dieser Entwurf gespeichert wird.
editor-needs-line = Schreiben Sie, was berechnet wird, damit dieser Entwurf gespeichert wird.
editor-unsaved = Noch nicht gespeichert: etwas fehlt oder lässt sich nicht lesen.
editor-unread = Noch nicht gespeichert.
editor-no-sum = Die Summe steht hier, sobald die Positionen lesbar sind.
editor-without = Noch nicht mitgezählt: { $lines }.
editor-before = Bevor Sie sie ausstellen können
editor-before-nothing = Dem Ausstellen steht nichts im Weg.
editor-before-without = { $count ->
    [one] ; sie lässt sich auch ohne ausstellen.
   *[other] ; sie lässt sich auch ohne ausstellen.
}
editor-gone = Position { $line } ist herausgenommen.
editor-undo = Rückgängig
copy-told = Das ist eine Kopie, als neuer Entwurf.
copy-lacks = Nicht übernommen: { $what }. Tragen Sie ein, was diese braucht.
copy-lacks-delivered = der Tag der Lieferung
copy-lacks-period = der Zeitraum
copy-lacks-times = die Zeiträume der Positionen
copy-lacks-due = der Fälligkeitstag
copy-lacks-prepaid = was vorab bezahlt wurde
copy-lacks-rounding = die Rundung
editor-preview = Das Papier
editor-preview-later = Das Papier erscheint hier, sobald der Entwurf gespeichert ist.
paper-see = Das Papier ansehen
paper-open = Das Papier öffnen
paper-comes = Das Papier wird gesetzt.
editor-preview-why = Das Papier, wie es gesendet wird. Nummer, Zahlcode und Merkmal kommen beim Ausstellen.
line-what = Leistung
line-what-example = Arbeit oder Ware
line-quantity = Menge
line-unit = Einheit
line-price = Nettopreis
line-price-example = 0,00
line-vat = USt.
line-net = Netto
line-times-per = { $quantity } × { $price } je { $unit }
line-more = Beschreibung, Rabatt
line-more-keep = Beschreibung, Rabatt, Katalog
line-keep = In den Katalog aufnehmen
line-keep-hint = Mit Einheit, Preis und USt., für andere Rechnungen.
line-description = Mehr dazu
line-drop = Position { $line } herausnehmen
line-carried-base = Der Preis gilt für { $quantity }.
line-carried-list = Listenpreis { $price }.
line-carried-time = Für { $from } bis { $to }.
line-carried-from = Für die Zeit ab { $day }.
line-carried-to = Für die Zeit bis { $day }.
adjustment-kind = Rabatt oder Zuschlag
adjustment-allowance = Rabatt
adjustment-charge = Zuschlag
adjustment-how-much = Wie viel
adjustment-example = 10 % oder 50,00
adjustment-base = von { $base }
adjustment-reason = Wofür
unit-piece = Stück
unit-hour = Stunde
unit-day = Tag
unit-week = Woche
unit-month = Monat
unit-year = Jahr
unit-set = Satz
unit-flat = pauschal
unit-km = km
unit-metre = m
unit-square-metre = m²
unit-kilogram = kg
sum-allowances = Rabatte
sum-charges = Zuschläge
sum-prepaid = Vorab bezahlt

search-label = Rechnungen suchen
keyboard-title = Tastenkürzel
keys-letters = Einzelne Buchstaben gelten als Kürzel, außerhalb von Feldern
keys-close = Schließen
key-ctrl-enter = Strg ↵
key-search = Suchen
key-new = Neue Rechnung
key-move = Zur nächsten und vorigen Zeile
key-open = Zeile öffnen
key-edit = Entwurf ändern
key-payment = Zahlung verbuchen
key-issue = Ausstellen (Sie werden gefragt)
key-all = Alle Tastenkürzel

list-search = Nummer oder Kunde
list-customers = { $count ->
    [one] Kunde:
   *[other] Kunden:
}
list-customers-all = alle
list-no-match = Keine Rechnung hat „{ $text }“ in der Nummer oder im Namen des Kunden
page-newest = Neueste
invoice-open = Offen
invoice-copy = Als neuen Entwurf kopieren

tax-rate = { $rate } %
tax-with = Mit USt.
tax-without = Ohne USt.
tax-other = Anderer Satz
tax-other-rate = Satz in Prozent
tax-other-example = 8,5
tax-zero = Nullsatz
tax-exempt = Steuerfrei
tax-reverse = Reverse Charge
tax-reverse-case = Leistungen an ein Unternehmen im Ausland
tax-eu = EU-Lieferung
tax-eu-case = Waren an ein Unternehmen in einem anderen EU-Land
tax-export = Ausfuhr
tax-outside = Nicht steuerbar

people-title = Team
people-here = Wer hier arbeitet
people-role = Rolle
people-you = Sie
people-change = Rolle ändern
people-end = Zugang beenden
people-end-title = Diesen Zugang beenden?
people-end-why = Von da an öffnet die Person nichts mehr von diesen Büchern, wo immer sie angemeldet ist. Auch Einladungen, Links und Schlüssel für Programme, die sie gemacht hat, enden. Was sie geschrieben und getan hat, bleibt.
people-end-links = { $count ->
    [one] Ein Link, den ein Kunde hat, öffnet dann nichts mehr. Machen Sie einen neuen, wo er noch gebraucht wird:
   *[other] { $count } Links, die Kunden haben, öffnen dann nichts mehr. Machen Sie neue, wo sie noch gebraucht werden:
}
people-end-invitations = { $count ->
    [one] Eine Einladung, die wartet, endet damit.
   *[other] { $count } Einladungen, die warten, enden damit.
}
people-end-keys = { $count ->
    [one] Ein Schlüssel für ein Programm endet damit.
   *[other] { $count } Schlüssel für Programme enden damit.
}
people-end-back = Um zurückzukommen, braucht sie eine neue Einladung.
people-end-go = Zugang von { $name } beenden
people-ended = Der Zugang von { $name } ist beendet.
people-changed = { $name } arbeitet jetzt in einer anderen Rolle.
role-owner = Inhaberin oder Inhaber
role-administrator = Verwaltung
role-finance-manager = Finanzleitung
role-billing-clerk = Rechnungsstelle
role-sales-representative = Vertrieb
role-auditor = Prüfung
roles-what = Was jede Rolle darf
role-auditor-what = Sieht alles und ändert nichts.
role-sales-representative-what = Die eigenen Kunden und deren Rechnungen.
role-billing-clerk-what = Kunden, Rechnungen und Zahlungen; nimmt keine Zahlung zurück.
role-finance-manager-what = Kunden, Rechnungen, Zahlungen und die Bücher; nimmt Zahlungen zurück.
role-administrator-what = Team, Einstellungen, Sicherung und Verlauf; sieht keine Kunden und keine Rechnungen.
role-owner-what = Alles, auch andere Inhaber und das Rettungsblatt.
invite-title = Jemanden einladen
invite-why = Sie bekommen einen Link, der einmal gilt, sieben Tage lang. Wer ihn öffnet, richtet eine eigene Anmeldung ein oder nutzt die vorhandene.
invite-email = E-Mail-Adresse der Person
invite-email-hint = Damit meldet sie sich an. Der Link gilt nur für diese Adresse.
invite-until = bis { $time }
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
settings-who-may = Für Sie steht das hier zum Ansehen. Ändern dürfen es: { $roles }.
settings-tax-number = Steuernummer
settings-terms = Tage zum Zahlen
settings-account = Das Konto, auf das man Ihnen zahlt
settings-account-why = Eine Änderung fällt im Verlauf auf: genau das würde ein Betrüger ändern.
settings-holder = Kontoinhaber
settings-iban = IBAN
settings-bic = BIC
settings-show-account = Konto und Zahlcode auf Rechnungen drucken
settings-time-zone = Zeitzone
settings-fixed = Das wurde gewählt, als die Bücher eröffnet wurden, und steht fest.
settings-language = Sprache
settings-language-of = Diese Seiten, auf diesem Gerät
settings-language-go = Verwenden
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

link-make = Link für den Kunden erstellen
link-made = Der Link ist erstellt. Er wird nur jetzt gezeigt.
link-hand-over = Wer ihn hat, öffnet diese eine Rechnung. Übergeben Sie ihn selbst:
copy-go = Kopieren
copy-link = Link kopieren
copy-done = Kopiert.
link-until = Er öffnet bis { $day }.
document-title = Ein Dokument für Sie
document-from = { $sender } hat Ihnen ein Dokument geschickt
document-why = Es öffnet sich, wenn Sie den Knopf drücken; der Absender sieht dann, dass Sie es haben.
document-open = Öffnen
document-closed-title = Dieser Link öffnet nichts
document-closed = Er gilt nicht mehr oder ist nicht vollständig. Bitten Sie, wer ihn geschickt hat, um einen neuen.
document-number = Rechnung { $number }
document-what = Wofür
document-questions = Fragen dazu
pay-title = So zahlen Sie
pay-nothing = Nichts ist offen. Danke.
pay-ask = Fragen Sie den Absender nach dem Konto, unter der Nummer, die Sie schon haben.
pay-code = Zahlcode für Ihre Bank-App
pay-code-why = Der Code trägt all das in Ihre Bank-App ein.
pay-to = An
pay-warning = Nannte eine Nachricht ein anderes Konto? Zahlen Sie nicht. Rufen Sie den Absender unter der Nummer an, die Sie schon haben.

delivery-save-address = Adresse speichern
delivery-save-mail = Mailserver speichern
hand-over-title = Versand
hand-over-why = Von wo E-Mails abgehen und unter welcher Adresse Kunden ihre Dokumente finden.
hand-over-go = Versand einrichten
address-title = Ihre Adresse
address-why = Mit ihr beginnen Links zu Dokumenten. Beim Speichern sieht Coffer nach, ob sie hierher führt. Ohne sie werden Dokumente heruntergeladen und von Hand übergeben.
address-label = Die Adresse, unter der Kunden Coffer erreichen
address-hint = Zum Beispiel https://rechnungen.example.com. Nicht localhost, und kein Name, der nur in Ihrem Haus gilt.
address-try = Von außen nachsehen
address-try-why = Coffer öffnet unter dieser Adresse eine eigene Seite, wie ein Kunde es täte.
address-leads-here = Die Adresse führt hierher.
address-led-here = Die Adresse führte schon hierher, beim letzten Nachsehen aber nicht. Links und E-Mails beginnen weiter mit ihr.
address-missed = Es entsteht kein Link, und keine E-Mail geht ab: Unter dieser Adresse war Coffer noch nie zu erreichen.
address-taken-on = Links und E-Mails beginnen mit ihr: Jemand hier sagt, dass Kunden sie erreichen.
address-before = Links und E-Mails beginnen mit ihr, und noch niemand hat nachgesehen, ob sie hierher führt.
address-looked-at = Nachgesehen: { $at }.
address-take-on = Kunden erreichen sie, nur dieser Rechner nicht
address-take-on-why = Manche Router lassen ein Haus die eigene Adresse nicht von außen sehen. Probieren Sie die Adresse vorher auf einem Telefon ohne WLAN.
address-unknown = Diesen Namen kennt niemand. Tragen Sie ihn dort ein, wo Ihre Domain verwaltet wird, und sehen Sie noch einmal nach.
address-inside = Von diesem Rechner aus führt der Name zu einer Adresse in Ihrem eigenen Netz. Dort wurde nichts angesehen. Wenn Kunden Coffer darüber von außen erreichen, kreuzen Sie unten das Feld an.
address-unreachable = Von diesem Rechner aus antwortet dort niemand. Leiten Sie den Port zu Coffer durch und sehen Sie noch einmal nach.
address-unproven = Was dort antwortet, hat kein Zertifikat, das Browser für diesen Namen annehmen; Kunden würden gewarnt. Stellen Sie einen Server mit einem gültigen vor Coffer.
address-elsewhere = Dort antwortet jemand, aber nicht dieses Coffer. Vergleichen Sie die Adresse mit dem Ort, an dem es läuft.
mail-title = E-Mail
mail-why = Eine E-Mail sagt, wessen Rechnung wo wartet. Sie enthält keine Beträge, keine Positionen und keine Anschriften. Ohne Verschlüsselung zu einem Server, der seinen Namen beweist, geht keine ab.
mail-host = Mailserver
mail-host-hint = Sein Name, wie er im Zertifikat steht, zum Beispiel mail.example.com.
mail-port = Port
mail-security = Verschlüsselung
mail-starttls = Nach einer Begrüßung (meist Port 587)
mail-tls = Von Anfang an (meist Port 465)
mail-sender = Absender
mail-sender-hint = Die Adresse, von der Ihre E-Mails kommen.
mail-user = Benutzername
mail-password = Passwort
mail-password-hint = Weggeschlossen, und nur diesem Server gesagt.
mail-password-kept = Es ist aufbewahrt. Nur neu eingeben, wenn es sich geändert hat.
mail-authority = Zertifizierungsstelle
mail-authority-hint = Nur, wenn das Zertifikat des Servers von einer eigenen Stelle kommt.
mail-try = Ausprobieren
mail-try-why = Geht bis zum Absender und sendet nichts.
mail-forget = Keine E-Mails mehr senden
mail-works = Es geht. Gesendet wurde nichts.
mail-stuck = Es ging nicht weiter. Gesendet wurde nichts.
mail-found = Sein Name ist bekannt.
mail-not-found = Sein Name wurde vergeblich gesucht.
mail-connected = Er antwortet.
mail-not-connected = Er antwortet nicht.
mail-encrypted = Die Verbindung ist verschlüsselt, und er hat seinen Namen bewiesen.
mail-not-encrypted = Es gibt keine Verschlüsselung zu einem Server, der seinen Namen bewiesen hat.
mail-signed-in = Er kennt Sie.
mail-not-signed-in = Er lässt Sie nicht ein.
mail-sender-taken = Er nimmt E-Mails von diesem Absender an.
mail-sender-not-taken = Er nimmt von diesem Absender keine E-Mails an.
mail-said = Er sagte:
problem-settings = Der Name des Servers oder seine Zertifizierungsstelle ist nicht lesbar. Prüfen Sie beides.
problem-unknown = Einen Server dieses Namens kennt niemand. Prüfen Sie die Schreibweise.
problem-unreachable = Der Mailserver ist nicht erreichbar oder brach ab. Prüfen Sie Namen und Port.
problem-silent = Der Mailserver braucht zu lange für eine Antwort. Prüfen Sie den Port, oder versuchen Sie es später.
problem-no-tls = Der Mailserver bietet an diesem Port keine Verschlüsselung an, deshalb wurde ihm nichts gesagt. Nehmen Sie seinen Port mit Verschlüsselung, meist 465 oder 587.
problem-unproven = Der Mailserver konnte nicht beweisen, dass er der genannte ist. Prüfen Sie seinen Namen, oder geben Sie die Stelle an, die für ihn bürgt.
problem-unclear = Was dort antwortet, spricht nicht wie ein Mailserver. Prüfen Sie Namen und Port.
problem-sign-in = Der Mailserver nimmt Namen und Passwort nicht an. Prüfen Sie beides mit dem, der ihn betreibt.
problem-sender = Der Mailserver nimmt von diesem Absender keine E-Mails an. Nehmen Sie eine Adresse, die dort zu Ihrem Konto gehört.
problem-recipient = Der Mailserver nimmt für diese Adresse keine E-Mails an. Vergleichen Sie sie mit dem Kunden.
problem-content = Der Mailserver hat diese E-Mail abgelehnt. Fragen Sie den, der ihn betreibt, warum.
problem-unanswered = Der Mailserver brach ab, bevor er sagte, ob er die E-Mail angenommen hat.
problem-not-printable = Das Dokument ließ sich nicht drucken. Lassen Sie in einer neuen Rechnung ungewöhnliche Zeichen weg.
problem-altered = Etwas, woraus diese Mail besteht, wurde in der Datenbank verändert; sie geht nicht hinaus. Wer diesen Rechner betreibt, erfährt mit coffer check, was.
problem-void = Die Rechnung wurde storniert, bevor die E-Mail abging.
problem-not-set-up = Der Versand wurde abgeschaltet, bevor die E-Mail abging.
problem-not-reached = Unter der Adresse, mit der Links beginnen, war Coffer noch nie zu erreichen; die E-Mail ging darum nicht ab. Sehen Sie unter Einstellungen, Versand noch einmal nach.

send-by-mail = Per E-Mail senden
send-title = { $number } senden
send-recipient = An
send-words = Eigene Worte
send-words-hint = Sie stehen vor dem Übrigen. Eine E-Mail kann unterwegs gelesen werden: keine Beträge, kein Konto.
send-go = E-Mail senden
send-preview = Die E-Mail
send-preview-why = Die Rechnung selbst bleibt hier; der Link öffnet sie und entsteht, wenn die E-Mail abgeht.
send-link-here = (der Link)
send-not-reached = Noch kann keine E-Mail abgehen: Unter der Adresse, mit der Links beginnen, war Coffer noch nie zu erreichen; kein Link käme beim Kunden an. Sehen Sie bei der Adresse noch einmal nach, oder laden Sie das PDF herunter, übergeben Sie es, und vermerken Sie es als gesendet.
send-not-set-up = Noch kann keine E-Mail abgehen: Es fehlt ein Mailserver oder die Adresse, mit der Links beginnen. Laden Sie das PDF herunter, übergeben Sie es, und vermerken Sie es als gesendet.
letter-altered = Eine Mail zu dieser Rechnung wurde in der Datenbank verändert; sie wird nicht gezeigt und geht nicht hinaus. Ob sie vorher hinausging, steht im Verlauf.
letter-waiting = wartet auf Übergabe
letter-again = noch nicht; neuer Versuch { $at }
letter-leaving = wird gerade übergeben
letter-handed-over = dem Mailserver übergeben, { $at }
letter-perhaps-sent = vielleicht gesendet, { $at }. Die Verbindung brach ab, bevor die Antwort kam. Fragen Sie nach, oder senden Sie noch einmal: Es erscheint nur eine E-Mail.
letter-refused = vom Mailserver abgelehnt, { $at }
letter-given-up = aufgegeben, { $at }
letter-stopped = nicht gesendet, { $at }
keys-title = Schlüssel für Programme
keys-here = Die Schlüssel dieses Betriebs
keys-none = Kein Programm hat einen Schlüssel. Ein Shop oder ein Skript bekommt ihn hier, damit es nie das Passwort eines Menschen braucht.
keys-settings-go = Schlüssel ansehen
keys-new = Ein neuer Schlüssel
keys-why = Ein Schlüssel handelt in einer Rolle und tut nur, was Sie ankreuzen. Er endet, wenn geht, wer ihn erstellt hat.
keys-name = Wofür er ist
keys-name-hint = Zum Beispiel: der Webshop.
keys-role = Rolle, in der er handelt
keys-may = Was er darf
keys-good-for = Gültig für
keys-days = { $count ->
    [one] { $count } Tag
   *[other] { $count } Tage
}
keys-go = Schlüssel erstellen
keys-made = Der Schlüssel ist erstellt. Er wird nur jetzt gezeigt.
keys-copy = Kopieren Sie ihn in das Programm, für das er ist, und behalten Sie keine andere Kopie:
keys-used = zuletzt benutzt { $time }
keys-unused = nie benutzt
keys-until = gültig bis { $day }
keys-expired = Abgelaufen
keys-revoked = Widerrufen
keys-revoke = Widerrufen …
keys-last-use = Zuletzt
keys-revoke-title = Diesen Schlüssel widerrufen?
keys-revoke-why = Was ihn benutzt, wird von da an sofort abgewiesen.
keys-revoke-then = Das lässt sich nicht rückgängig machen: Ein neuer Schlüssel ist ein anderer und muss in jedes Programm eingetragen werden.
keys-revoke-named = „{ $name }“ widerrufen
scope-read-business = Angaben des Betriebs sehen
scope-read-customers = Kunden sehen
scope-add-customer = Kunden anlegen
scope-revise-customer = Kunden ändern
scope-read-catalogue = Katalog sehen
scope-add-item = In den Katalog aufnehmen
scope-revise-item = Katalog ändern
scope-read-invoices = Rechnungen sehen
scope-draft-invoice = Rechnungen entwerfen
scope-revise-invoice = Entwürfe ändern
scope-issue-invoice = Rechnungen ausstellen
scope-send-invoice = Rechnungen senden
scope-void-invoice = Rechnungen stornieren
scope-read-payments = Zahlungen sehen
scope-record-payment = Zahlungen erfassen
scope-reverse-payment = Zahlungen zurücknehmen
scope-read-log = Verlauf sehen

proof-title = Bitte bestätigen Sie, dass Sie es sind
proof-why = Das soll niemand von einem offen gelassenen Bildschirm aus tun, darum fragt es nach einem Code Ihres zweiten Schritts. Was Sie eingegeben haben, wartet und geht von selbst weiter.
act-account = Um das Konto zu ändern, auf das Kunden zahlen
act-delivery = Um zu ändern, wie Dokumente verschickt werden
act-end = Um die Zeit von { $name } hier zu beenden
act-invite = Um { $name } einzuladen
act-key = Um einen Schlüssel für { $name } zu machen
act-role = Um { $name } die Rolle { $role } zu geben
act-second-step = Um einen anderen zweiten Schritt einzurichten
act-sheet = Um ein neues Rettungsblatt zu sehen
act-sheet-try = Um das Rettungsblatt in Kraft zu setzen
act-spare = Um neue Ersatzcodes zu bekommen
proof-go = Bestätigen und weiter
proof-leave = Lieber nicht

sign-in-over = Ihre Anmeldung war abgelaufen
sign-in-file-again = Die Datei war zu groß, um sie aufzubewahren. Melden Sie sich an und wählen Sie sie noch einmal: Von ihr wurde nichts gespeichert.
sign-in-kept = Was Sie eingegeben haben, liegt versiegelt in dieser Seite. Melden Sie sich an, dann geht es von selbst weiter.
homeless-title = Sie arbeiten hier für keinen Betrieb
homeless-why = Ihre Anmeldung besteht, aber kein Betrieb hat Sie unter seinen Leuten. Wenn Sie jemand einlädt, öffnen Sie dessen Link.
astray-title = E-Mails, die nicht angekommen sind
astray-not-sent = der Mailserver hat sie nicht angenommen
astray-perhaps = vielleicht gesendet; die Antwort hat niemand gehört

sheet-title = Ihr Rettungsblatt
sheet-aside = Nie verloren
sheet-why = Geht dieser Rechner verloren, kommt alles aus zwei Dingen zurück: einer Sicherung und einem Blatt Papier mit einem Code. Ohne das Blatt kann niemand eine Sicherung öffnen, auch Sie nicht.
sheet-keep = Bewahren Sie es fern von diesem Rechner auf, wie eine Urkunde. Wer das Blatt und eine Sicherung hat, kann alles lesen.
sheet-show = Blatt zeigen
sheet-later = Später
sheet-make = Rettungsblatt anlegen
sheet-make-new = Neues Blatt anlegen
sheet-write = Drucken Sie diese Seite oder schreiben Sie den Code mit seinen Nummern ab. Er wird nur jetzt gezeigt.
sheet-whose = Für die Bücher von
sheet-made = Angelegt am
sheet-opens = Öffnet
sheet-opens-what = Sicherungen, die nach Blatt { $name } fragen
sheet-use-one = Auf einem leeren Rechner mit Coffer und einer Sicherung ausführen:
sheet-command = coffer restore DATEI
sheet-use-two = Die dreizehn Gruppen in ihrer Reihenfolge tippen, wenn nach dem Code gefragt wird. Es wird gesagt, welche Gruppe vertippt ist.
sheet-use-three = Coffer starten: Alles ist da. Hat sonst jemand dieses Blatt gesehen, ein neues anlegen; das beendet dieses.
sheet-back-why = Tippen Sie zwei Gruppen vom Papier ab, damit es sicher stimmt. Erst dann gilt das Blatt.
sheet-group = Gruppe { $number }
sheet-try = Das Blatt ist verwahrt
sheet-print = Diese Seite drucken
sheet-not-there = Sie haben es nicht?
sheet-not-there-why = Ein neues Blatt tritt an die Stelle von diesem, das nie gegolten hat. Oder legen Sie später eines an: Unter „Start“ werden Sie erinnert, bis es eines gibt.

backup-title = Sicherung
backup-sheet = Das Rettungsblatt
backup-sheet-in-force = Blatt { $name } gilt. Ein neues beendet es.
backup-sheet-none = Noch keines da. Eine Sicherung öffnet sich nur damit, deshalb kommt es zuerst.
backup-sheet-owner = Ein Inhaber legt es an.
backup-file = Die Sicherung
backup-why = Eine verschlüsselte Datei mit allem: Bücher, Verlauf, Dokumente. Sie öffnet sich nur mit dem Rettungsblatt und darf deshalb überall liegen.
backup-last = Die letzte entstand am { $at }.
backup-went = Sie hat { $size }.
backup-went-browser = Sie hat { $size }, in einem Browser gespeichert.
backup-went-machine = Sie hat { $size }, am Rechner geschrieben.
backup-went-program = Sie hat { $size }, von einem Programm geholt.
backup-none = Noch keine da.
backup-writing = Sie wird geschrieben. Diese Seite sagt, sobald alles angekommen ist.
backup-make = Jetzt sichern
backup-counts = Sie zählt, sobald alles angekommen ist; sagt diese Seite es nicht von selbst, laden Sie sie neu.
backup-keep = Bewahren Sie sie auf einem anderen Rechner auf. Zurück auf einen leeren: coffer restore DATEI

warn-no-sheet = Ihre Bücher könnten verloren gehen
warn-sheet-untried-why = Das gezeigte Rettungsblatt gilt noch nicht: Niemand hat zwei Gruppen davon zurückgetippt. Bis dahin nimmt ein defekter Rechner alles mit. Ein neues tritt an seine Stelle.
warn-no-sheet-why = Es gibt noch kein Rettungsblatt. Ohne eines nimmt ein defekter Rechner alles mit.
safety-title = Sicherheit
safety-backup = { $days ->
    [0] Die letzte Sicherung ist keinen Tag alt.
    [one] Die letzte Sicherung ist einen Tag alt.
   *[other] Die letzte Sicherung ist { $days } Tage alt.
}
safety-opens = Sie öffnet sich mit Blatt { $name }.
warn-no-backup = Es gibt noch keine Sicherung
warn-no-backup-why = Eine defekte Platte nähme Ihre Bücher mit. Eine Datei, anderswo verwahrt, bringt sie zurück.
warn-to-backup = Sicherung machen

recover-title = Ein Weg zurück
recover-why = Wählen Sie ein neues Passwort, scannen Sie das Bild mit dem Telefon oder dem Passwortmanager und geben Sie den Code ein, den er zeigt. Alles davon wird neu, und alle Ihre anderen Anmeldungen enden.
recover-password = Ein neues Passwort
recovery-made = An der Maschine wurde ein Weg zurück erstellt für
recovery-used = Er wurde benutzt.
recovery-unused = Er wurde nicht benutzt.
recovery-what = Wenn niemand darum gebeten hat, beenden Sie die Zeit dieser Person hier und fragen Sie, wer an der Maschine war.
recovery-home = An der Maschine wurde für jemanden, der hier arbeitet, ein Weg zurück erstellt.
second-anew = Zweiten Schritt ersetzen
second-anew-why = Scannen Sie das mit dem neuen Telefon oder Passwortmanager. Der alte gilt, bis der erste Code des neuen passt; dann enden Ihre anderen Anmeldungen.
second-settings-why = Für ein neues Telefon, oder wenn jemand Ihre Codes gesehen haben könnte.
spare-anew = Neue Ersatzcodes
settings-end-one = Beenden

rail-history = Verlauf
history-title = Verlauf
history-none = Dazu gibt es noch nichts.
history-what = Was
history-who = Wer
history-everybody = Alle
history-show = Zeigen
history-done = Was getan wurde
history-shown = Was angesehen wurde
history-refused = Was abgelehnt wurde
history-all = Alles
history-gap-looks = { $count ->
    [one] Ein Blick oder eine Ablehnung zwischen diesen Zeilen ist nicht gezeigt.
   *[other] { $count } Blicke und Ablehnungen zwischen diesen Zeilen sind nicht gezeigt.
}
history-gap = { $count ->
    [one] Eine Zeile dazwischen ist nicht gezeigt.
   *[other] { $count } Zeilen dazwischen sind nicht gezeigt.
}
history-backup-findings = { $count ->
    [one] mit einem Befund
   *[other] mit { $count } Befunden
}
history-backup-of = der Sicherung von { $at }
history-known = { $count ->
    [one] eines, das bekannt ist
   *[other] { $count }, die bekannt sind
}
history-times = { $count ->
    [one] { $count } Mal
   *[other] { $count } Mal
}
history-sent-on = gesendet am { $day }
history-since = seit { $at }
history-no-permission = Keine Berechtigung
history-wrong-proof = Falscher Code oder falsches Passwort
history-too-many = Zu viele Versuche
history-forged = Gefälscht
history-was-asked = Zuerst nach einem frischen Code gefragt: { $what }
history-was-refused = Abgelehnt: { $what }
history-was-shown = Angesehen: { $what }
history-proof = Beweisen
history-proof-why = Der Verlauf ist verkettet und unterschrieben: Niemand kann eine Zeile ändern, entfernen oder umstellen, ohne dass es auffällt. Exportieren und prüfen Sie ihn irgendwo, ohne diesen Server:
history-export = Verlauf exportieren
by-staff = Jemand, der hier arbeitet
by-key = Ein Programm
by-link = Wer den Link hat
by-operator = An der Maschine
by-system = Coffer selbst
by-arriving = Jemand, der ankommt
by-nobody = Niemand Bekanntes
link-end = Alle Links dazu beenden …
link-end-title = Alle Links zu dieser Rechnung beenden?
link-end-why = Wer einen hat, wird von da an abgewiesen: Kein Link, der erstellt wurde, öffnet sie mehr.
link-end-then = Das lässt sich nicht rückgängig machen. Ein Link, der danach erstellt wird, ist ein neuer und muss wieder übergeben werden.
link-end-number = Alle Links zu { $number } beenden

delete-title = Diesen Entwurf löschen?
delete-why = Draußen hat ihn niemand gesehen, und er hat noch keine Nummer. Was in ihm steht, ist endgültig weg; im Verlauf bleibt nur, dass er gelöscht wurde.
delete-go = Den Entwurf löschen
done-deleted = Der Entwurf ist gelöscht.

rail-items = Katalog
items-title = Katalog
items-add = Neuer Artikel
items-empty = Noch nichts im Katalog
items-empty-why = Was Sie immer wieder verkaufen, steht hier mit seinem Preis und wird angeboten, während Sie eine Position tippen.
items-search = Name eines Artikels
items-none-named = Kein Artikel hat „{ $text }“ im Namen
items-best-first = { $count } gefunden, das Beste zuerst
items-saved = Gespeichert. Was entworfen oder ausgestellt ist, bleibt, wie es war.
items-retired = Er wird nicht mehr angeboten. Was entworfen oder ausgestellt ist, bleibt, wie es war.
items-retire = Nicht mehr anbieten
items-retire-title = Das nicht mehr anbieten?
items-retire-why = Beim Tippen einer Position wird es nicht mehr angeboten. Entwürfe und Rechnungen, die es enthalten, bleiben, wie sie sind. Um es wieder zu verkaufen, legen Sie es neu an.
items-retire-go = { $name } nicht mehr anbieten
item-name = Name
item-name-hint = So, wie Sie ihn hier schreiben, steht er auf der Position.
item-unit = Preis gilt für
item-stays = Ein neuer Preis gilt für neue Positionen. Was entworfen oder ausgestellt ist, bleibt, wie es war.
item-save = Den Artikel speichern
item-retired-since = Nicht mehr angeboten seit { $date }.
item-retired-why = Er bleibt hier, damit der Verlauf lesbar ist.
item-anew = Neu anlegen

import-title = Kunden aus einer Datei
import-why = Eine CSV-Datei, wie Invoice Ninja, Zoho Invoice und die meisten anderen Programme sie exportieren. Zuerst sehen Sie, was aus jeder Zeile würde; geschrieben wird erst, wenn Sie es sagen.
import-file = Die Datei
import-file-hint = CSV, höchstens 5 MiB und 10.000 Zeilen. Die erste Zeile nennt die Spalten.
import-look = Die Datei ansehen
import-review-title = Was daraus würde
import-count-ready = Kämen dazu
import-count-known = Schon da
import-count-repeats = Doppelt in der Datei
import-count-refused = Abgelehnt
import-count-added = Dazugekommen
import-rows = { $count ->
    [one] von { $count } Zeile
   *[other] von { $count } Zeilen
}
import-columns = Was die Spalten sind
import-columns-why = An ihren Namen erkannt. Ändern Sie, was nicht stimmt, und sehen Sie dann noch einmal nach.
import-column = Spalte
import-example = Zum Beispiel
import-field = Gilt als
import-field-none = nichts
import-field-company = Firma
import-field-first-name = Vorname
import-field-last-name = Nachname
import-field-address-line = Zweite Zeile der Anschrift
import-field-registration = Registernummer
import-field-number = Kundennummer
import-dropped = bleibt weg
import-dropped-count = { $count ->
    [one] Eine Spalte bleibt weg: Von ihr wird nichts übernommen.
   *[other] { $count } Spalten bleiben weg: Von ihnen wird nichts übernommen.
}
import-look-again = Noch einmal ansehen
import-left-out = Zeilen, die wegbleiben
import-line = Zeile
import-reason = Warum, und was zu tun ist
import-more = und { $count } weitere
import-there = Schon früher importiert; nichts ändert sich.
import-resembles = Jemand mit dieser E-Mail-Adresse ist schon da. Ändern Sie die Adresse in der Datei, oder lassen Sie die Zeile weg.
import-beside = In einem neuen Tab ansehen
import-namesake = Jemand mit diesem Namen und Ort ist schon da.
import-also = Trotzdem aufnehmen
import-also-go = Angekreuzte aufnehmen
import-also-too = Die angekreuzten kommen dazu.
import-repeats = Derselbe Kunde wie in Zeile { $line }; nur der erste zählt.
import-nothing = Es käme niemand dazu.
import-consequence = Jeder lässt sich danach noch ändern. Dieselbe Datei noch einmal legt niemanden doppelt an.
import-other = Eine andere Datei
import-go = { $count ->
    [one] { $count } Kunden hinzufügen
   *[other] { $count } Kunden hinzufügen
}
import-leave = Sie können gehen; es läuft weiter. Dieselbe Datei noch einmal legt niemanden doppelt an.
import-done = { $count ->
    [one] { $count } fertig
   *[other] { $count } fertig
}
import-broke-off = Die Zeilen davor bleiben. Schicken Sie die Datei noch einmal: es geht hinter ihnen weiter.
import-see = Zu den Kunden
customers-import = Aus einer Datei
steps-look = Nummern und Aussehen
look-title = Nummern und Aussehen
look-why = Alles hier ist sinnvoll vorbelegt. Die erste Nummer steht fest, sobald eine vergeben ist; alles andere lässt sich jederzeit ändern. Was ausgestellt ist, bleibt, wie es ist.
look-head = Papier
look-go = Weiter
look-language = Sprache Ihrer Rechnungen
look-logo = Logo
look-logo-hint = Ein Bild als PNG oder JPEG, etwa 1.200 Pixel breit.
look-no-logo = Logo wegnehmen
look-coloured = In Ihrer eigenen Farbe
look-accent = Farbe
look-preview = So sieht eine Rechnung aus
look-darkened = Diese Farbe ist zu hell, um auf weißem Papier gelesen zu werden. Gedruckt wird sie als { $printed }.
look-settings-why = Wie Rechnungen nummeriert werden, Ihr Logo, Ihre Farbe, und das Papier, wie es herauskommt.
look-settings-go = Nummern und Aussehen
number-title = Nummern
number-next = Die nächste Rechnung bekommt die Nummer
number-year = Jahr
number-year-yes = Mit Jahr; beginnt jedes Jahr mit 1
number-year-no = Ohne Jahr; läuft weiter
number-digits = Ziffern
number-first = Erste Nummer
number-first-given = Es wurde schon eine Nummer vergeben, darum steht das fest.
number-first-hint = Für alle, die bisher anderswo nummeriert haben. Ist eine Rechnung ausgestellt, lässt sie sich nicht mehr ändern.
sample-buyer = Musterkunde
sample-street = Hauptstraße 1
sample-post-code = 12345
sample-city = Musterstadt
sample-line-goods = Entwurf eines Ladenschilds
sample-line-hours = Beschriftung, je Stunde
customer-language = Sprache der Dokumente
customer-language-own = Wie auf Ihren anderen Rechnungen
customer-country-unsaid = Nicht angegeben

# Was daran geändert wurde, wie Dokumente gesendet werden.
sending-address = Links beginnen mit { $value }
sending-no-address = es gibt keine Adresse mehr
sending-reached = die Adresse wurde erreicht
sending-taken-on = verantwortet: Kunden erreichen die Adresse, nur dieser Rechner nicht
sending-missed = die Adresse wurde nicht erreicht
sending-server = Mail geht über { $value }
sending-no-server = es wird keine Mail mehr gesendet
sending-sender = sie kommt von { $value }
sending-password = ein anderes Passwort
sending-sign-in = anderer Name oder anderer Weg der Anmeldung beim Mailserver

books-altered = { $count ->
    [one] In diesen Büchern ist etwas nicht so, wie Coffer es schrieb.
   *[other] In diesen Büchern sind { $count } Dinge nicht so, wie Coffer sie schrieb.
}
books-altered-next = Coffer hat alles durchgesehen und es gefunden. Verlassen Sie sich nicht auf das, was hier steht, und schreiben Sie nichts mehr: Wer diese Maschine betreut, ruft „coffer check“ auf, der jedes nennt, und hebt diesen Stand als Beweis auf.
