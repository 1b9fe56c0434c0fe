# What pages say in English. Plain, short, exact; present tense; no exclamation marks.

form-optional = optional
form-back = Back
wrong-more = { $count ->
    [one] and one more
   *[other] and { $count } more
}
wrong-line = Line { $line }
wrong-heading = { $count ->
    [one] One thing is not right yet
   *[other] { $count } things are not right yet
}
form-leave = Leave it as it is
page-older = Older
page-first = To the first
page-next = Next
found-first = The first { $count } that fit. If yours is not among them, type more of the name.
page-longest-late-first = { $count } shown, the longest late first
page-newest-first = { $count } shown, newest first

rail-label = Places
rail-skip = To the content
rail-home = Home
rail-invoices = Invoices
rail-customers = Customers
rail-payments = Payments
rail-people = People
rail-backup = Backup
rail-settings = Settings
rail-new = New
rail-more = More
rail-sign-out = Sign out

refused-nothing = There is nothing here
refused-not-yours = This is not yours to do
refused-broken = Something broke
refused-moment = One moment, please
refused-not-so = It cannot be done like this
refused-home = Home

sign-in-title = Sign in
sign-in-aside = Encrypted, on this server
sign-in-email = E-mail address
sign-in-password = Password
sign-in-go = Go on
code-title = Second step
code-label = Code
code-hint = The six digits that your phone or password manager shows now, or one of your spare codes.
enter-title = Welcome
enter-why = This link is for you and works once. It is used up when you press the button.
enter-go = Begin
enter-from = You are invited by
enter-invited = To work there as: { $role }.
enter-address = The invitation is for this address:
enter-known = You sign in here already? Sign in, then open this link again.
enter-accept = Join with the sign-in you have

set-up-aside = Setting up
steps-you = You
steps-second = Second step
steps-business = Your business
steps-join = Joining
steps-sheet = Recovery sheet
you-title = Who are you?
you-why = You sign in with your address and a password. Your name stands beside what you do.
you-name = Your name
you-email = Your e-mail address
you-email-fixed = The invitation is for this address; you sign in with it.
you-email-hint = Nothing is sent to it unless you ask for it.
you-password = A password
you-password-hint = At least 8 characters. Several words that do not belong together are best; pasting is fine.
you-go = Go on
second-title = A second step
second-why = A stolen password alone opens nothing here. Scan this with an authenticator app on your phone, or with your password manager, then type the code it shows.
second-show = Show the picture
second-picture = Picture for your authenticator
second-type = Or type this into it:
second-code = The code it shows now
second-go = Check the code
spare-title = Your spare codes
spare-why = For the day your phone is gone. Each opens once in place of the second step. Print them or write them down; they are shown only now.
spare-once = Whoever holds one still needs your password.
spare-go = I have them
join-title = One last step
join-whom = Your sign-in stands. Join { $business }, which invited you.
join-why = Your sign-in stands. Join the business that invited you.
join-go = Join
business-title = Your business
business-why = This stands on your invoices. Everything but the country and its currency can be changed later.
business-name = Name of the business
business-country = Country and currency
business-country-hint = Where you are taxed. It decides VAT, currency and time zone, and cannot be changed later.
business-country-choose = Choose
business-address-hint = Tax law wants it on every invoice. It can be added later.
business-vat-id = VAT number
business-vat-hint = Without it, or a tax number in the settings, no invoice with VAT can be issued. For example DE318204977.
business-iban = IBAN of the account you are paid to
business-iban-hint = It is printed on your invoices, with a payment code. It can be added later.
business-prefix = Start of invoice numbers
business-prefix-hint = AN- makes AN-2026-0001. May stay empty.
business-go = Open the books

home-title = What is owed to { $business }
home-new = New invoice
home-first = Write the first invoice
home-empty = No invoices yet
home-empty-why = This page shows what is owed to you, what is late, and what is on its way.
home-owed = Owed to you
home-overdue = Of that, overdue
home-expected = Expected
home-oldest = { $days ->
    [one] the oldest is { $days } day late
   *[other] the oldest is { $days } days late
}
home-late-unsent = { $count ->
    [one] one of them is late
   *[other] { $count } of them are late
}
home-unsent = { $count ->
    [one] One invoice was issued and not sent
   *[other] { $count } invoices were issued and not sent
}
home-invoices = { $count ->
    [one] { $count } invoice
   *[other] { $count } invoices
}
home-drafts = { $count ->
    [0] No drafts wait
    [one] { $count } draft waits
   *[other] { $count } drafts wait
}
home-chart = Late, and on its way
home-needs-you = Needs you
home-all-late = All { $count } that are late
home-credits-more = { $count ->
    [one] One more credit.
   *[other] { $count } more credits.
}
home-credits-many = More than { $count } more credits.
home-nothing = Nothing needs you today.
chart-owed = What is late and what is expected, by week
chart-table = Show the figures as a table
chart-when = When
chart-amount = Amount
chart-late = late
chart-late-title = Overdue, by weeks late
chart-expected-title = Expected, by week
chart-today = today
chart-over-eight-weeks = over 8 weeks
chart-to-eight-weeks = 5–8 weeks
chart-to-four-weeks = 3–4 weeks
chart-to-two-weeks = 1–2 weeks
chart-later = later
chart-currency = Currency of the chart

status-draft = Draft
name-altered = Not shown: it was altered
status-void = Void
status-unpaid = Unpaid
status-part = Part paid
status-paid = Paid
status-over = Overpaid
status-due-today = Due today
status-overdue = { $days ->
    [one] { $days } day late
   *[other] { $days } days late
}

customers-title = Customers
customers-empty = No customers yet
customers-empty-why = A name is enough to begin with. They also appear here when you type their name in an invoice.
customers-search = Name of a customer
customers-none-named = No customer’s name has “{ $text }” in it
customers-add = New customer
customer-name = Name
customer-email = E-mail
customer-email-hint = Where their invoices go.
customer-street = Street and number
customer-post-code = Post code
customer-city = Town
customer-subdivision = State or province
customer-country = Country
customer-vat-id = VAT number
customer-phone = Phone
customer-save = Save the customer
customer-particulars = Particulars
customers-no-match = No customer fits this
customers-by-name = { $count } shown, by name
customers-oldest-debt = { $count } shown, the oldest debt first
filter-customers = Which customers
filter-owing = Owe you
filter-overdue = Overdue
filter-unsent = Not sent
customer-credit = Credit
customer-credit-why = Paid beyond what was asked. Take it off what they pay next, or pay it back.
customer-nothing-open = Nothing
customer-namesakes = { $count ->
    [one] Somebody of this name is here already.
   *[other] { $count } customers of this name are here already.
}
customer-namesakes-what = If it is one of them, open them and nothing is added. If it is somebody else, add them: an e-mail or a town tells them apart later.
customer-also = Add as another customer
customer-only-name = Nothing but the name is known yet.
customer-no-invoices = No invoices for this customer yet.

invoices-title = Invoices
invoices-no-match = No invoice fits this
no-drafts = No draft waits
no-open = Nothing is open
no-overdue = Nothing is overdue
no-unsent = Everything that is open was sent
no-paid = No invoice is paid yet
no-void = No invoice is void
filter-label = Which invoices
filter-all = All
filter-drafts = Drafts
filter-open = Open
filter-paid = Paid
filter-void = Void
filter-clear = Show all
invoice-number = Number
invoice-customer = Customer
invoice-issued = Issued
invoice-due = Due
invoice-state = State
invoice-delivery = Delivery
delivery-not-sent = Not sent
delivery-mark-sent = Mark as sent…
delivery-ends-void = Once it is handed over, by mail, by a link or by hand, it can no longer be voided.
sent-title = Mark this invoice as sent?
sent-why = For what you handed over yourself: by post, in person, with the link, or in a mail of your own. Coffer sends nothing by it.
sent-then = From then on it counts as sent on that day, and can no longer be voided. This cannot be undone.
sent-day = Sent on
sent-number = Mark { $number } as sent
delivery-link-made = Link made
delivery-link-made-why = Not opened so far. Say so once you have passed it on: until then nobody here knows that it was sent.
delivery-sent = Sent
delivery-bounced = Came back
delivery-opened = Opened
invoice-total = Total
invoice-overdue = Overdue
invoice-pdf = Download the PDF
invoice-edit = Change
invoice-issue = Issue
invoice-page = The page
sum-net = Net
sum-lines = Lines
sum-vat-rate = VAT { $rate } %
sum-to-pay = To pay
sum-rounding = Rounding
sum-asked = Asked for
sum-received = Received
sum-open = Still open
sum-to-pay-now = To pay now
sum-over = Paid too much
done-issued = It is issued. Now hand it over: by a link, or as a PDF.
done-issued-mail = It is issued. Now send it by mail, or hand it over by a link or as a PDF.
done-issued-by-hand = It is issued. Now download the PDF, hand it over, and mark it as sent.
done-issued-more = It could also leave by mail, or as a link.
done-sent = Marked as sent.
links-ended = No link opens it any more.
done-links-ended = No link opens it any more.
done-paid = The payment is recorded.
done-taken-back = The payment is taken back.
done-void = It is void. Its number stays taken.
happened-title = What happened
happened-issued = Issued as { $number }
happened-link-made = Link made
happened-links-ended = All links to it ended
happened-sent-before = It was sent before that.
happened-overdue = Became overdue
happened-void = Voided
happened-received = { $amount } received
happened-taken-back = { $amount } taken back
take-back = Take back
take-back-title = Take this payment back?
take-back-why = What it counted on is open again. The payment stays in the books, with a second entry that undoes it.
take-back-go = Take it back
too-much-title = More than is open?
too-much-amount = You recorded
too-much-beyond = Too much
too-much-why = Recorded as it is, the invoice is overpaid, and what is too much stays with the customer as credit.
too-much-no = Change the amount
too-much-go = Record { $amount }
payments-title = Payments
payments-none = No money was recorded for this invoice.
payment-reversed = taken back
payment-reversed-on = taken back { $date }
payment-invoice = Invoice
payments-record = Record on an open invoice
payments-empty = No money came in yet
payments-empty-why = What you record on an invoice stands here, the newest first, with its customer and what the transfer said.
payments-to-invoices = Go to the invoices
filter-payments = Which payments
filter-taken-back = Taken back
no-taken-back = No payment was taken back
payment-amount = Amount
payment-day = Received on
payment-method = How
payment-reference = Reference
payment-record = Record the payment
method-transfer = Transfer
method-cash = Cash
method-card = Card
method-cheque = Cheque
method-other = Another way
void-title = Void this invoice?
void-why = Only for what reached nobody. The number stays taken, and the books are put right by a second entry. This cannot be undone.
void-go = Void this invoice…
void-number = Void { $number }
invoice-period = Billed for
invoice-mark = Mark on the paper
void-not-paid-on = It cannot be voided while money counts on it: take the payment back first.
void-not-link-made = A link to it was made, so it can no longer be voided: somebody may have it and have booked it; agree with the customer on a second invoice that puts it right.
void-not-sent = It was sent, so it can no longer be voided: somebody may have booked it; agree with the customer on a second invoice that puts it right.
void-since = Void since { $date }
void-do-not-pay = The sender has voided it. Do not pay it.
void-nothing = Nothing is owed for it, and nobody should get it.
issue-title = Issue this invoice?
issue-fixed = This gets number { $number } and can no longer be changed. While nobody has it, it can be voided; after that, a second invoice puts mistakes right.
issue-also-owed = This customer still owes
issue-also-owed-why = If this one is to replace it, void that one as well: otherwise both are owed.
issue-go = Issue the invoice
issue-delivered-to = Delivered to
issue-due-by-terms = { $days ->
    [0] on the day of issue, by your terms
    [one] one day after issue, by your terms
   *[other] { $days } days after issue, by your terms
}
missing-title = { $count ->
    [one] One thing should stand on it as well
   *[other] { $count } things should stand on it as well
}
missing-why = By the European standard an invoice has all of this. It can be issued without, but then nothing can be added.
missing-first = It cannot be issued yet
missing-first-go = Enter what is missing
missing-first-who = Somebody who may change it enters it; then it can be issued.
missing-seller-address = Your address
missing-buyer-address = The customer’s address
missing-address-why = street, town and country
missing-seller-tax-id = Your VAT number or tax number
missing-buyer-tax-id = The customer’s VAT number
missing-seller-details = Your business’s details
missing-buyer-details = The customer’s details
missing-tax-id-why = with this VAT it cannot be issued without
missing-delivery = The day of delivery, or the time it is billed for
missing-delivery-why = may stay away only where it is the day of issue
missing-account = The account to be paid to
missing-account-why = without it, the customer has to ask
missing-account-unseen = The account on the paper
missing-account-unseen-why = it is known here, but not printed, and no link can show it

editor-title = Change the draft
editor-draft-for = Draft for { $customer }
editor-new-customer = A new customer
editor-customer-name = Name of the new customer
editor-change-customer = Change this customer
editor-customer-hint = Only where they are not in the list.
editor-whom-hint = Type a name. Somebody new is added by typing theirs.
editor-whom-new = A new customer: added together with the draft.
editor-add-customer = Add “{"{}"}” as a new customer
editor-keep-item = Keep “{"{}"}” in the catalogue
editor-use-typed = Only “{"{}"}”, on this invoice
editor-keep-item-then = It is kept in the catalogue as soon as its price stands here.
item-kept = “{ $text }” is in the catalogue now, with this unit, price and VAT.
editor-own-currency = The customer’s
editor-currency = Currency
editor-lines = What is billed
editor-add-line = Add a line
editor-delivered = Delivered on
editor-delivered-hint = It stands on the invoice.
editor-reference = Their reference
editor-reference-hint = What they asked to find on it, for example a cost centre or a Leitweg-ID.
editor-order = Order number
editor-order-hint = The customer’s, if any.
editor-due-hint = Empty: { $days } days after.
editor-terms = Terms of payment
editor-terms-hint = In words, beside the day it is due ({ $days } days after issuing).
editor-exemption = Why there is no VAT
editor-exemption-hint = An invoice with something free of VAT is not issued without the reason, one for each kind. It stands on the paper.
editor-exemption-example = Exempt under article 132 of directive 2006/112/EC
editor-abroad = Delivered to another EU country
editor-abroad-country = To which country
editor-abroad-hint = It stands on the invoice, beside the customer’s VAT number.
editor-abroad-home = Where the customer is
editor-period = Billed for a time instead of a day
editor-period-from = First day
editor-period-to = Last day
editor-note = A note to the customer
editor-note-hint = Whoever has the invoice can read it. Card numbers are refused here.
editor-adjustments = Discounts and charges on the whole invoice
editor-more = References and terms
editor-save = Save the draft
editor-copy = Copy as a new draft
editor-issue = Issue…
editor-issue-hint = You are asked once more before it gets its number.
editor-saving = Saving…
editor-kept = Saved, encrypted, on this server. Nobody outside sees it until you issue it.
editor-kept-half = Saved as typed, encrypted, on this server. What is unfinished counts nothing yet.
editor-kept-at = Saved at { $at }, encrypted, on this server. Nobody outside sees it until you issue it.
editor-kept-half-at = Saved as typed at { $at }, encrypted, on this server. What is unfinished counts nothing yet.
editor-needs-customer = Choose a customer to keep this draft.
editor-needs-line = Write what is billed to keep this draft.
editor-unsaved = Not saved yet: something is missing or cannot be read.
editor-unread = Not saved yet.
editor-no-sum = The sum appears as soon as the lines can be read.
editor-without = Not counted yet: { $lines }.
editor-before = Before it can be issued
editor-before-nothing = Nothing stands in the way of issuing it.
editor-before-without = { $count ->
    [one] ; it can be issued without it.
   *[other] ; it can be issued without them.
}
editor-gone = Line { $line } is taken out.
editor-undo = Undo
copy-told = This is a copy, as a new draft.
copy-lacks = Not taken over: { $what }. Enter what this one needs.
copy-lacks-delivered = the day of delivery
copy-lacks-period = the time it is billed for
copy-lacks-times = the times of its lines
copy-lacks-due = the day it is due
copy-lacks-prepaid = what was paid before
copy-lacks-rounding = the rounding
editor-preview = The paper
editor-preview-later = The paper appears here once the draft is kept.
paper-see = See the paper
paper-open = Open the paper
paper-comes = The paper is being set.
editor-preview-why = The paper, as it will be sent. Number, payment code and mark come when it is issued.
line-what = What
line-what-example = What you did or sold
line-quantity = Quantity
line-unit = Unit
line-price = Net price
line-price-example = 0.00
line-vat = VAT
line-net = Net
line-times-per = { $quantity } × { $price } per { $unit }
line-more = Description, discount
line-more-keep = Description, discount, catalogue
line-keep = Keep in the catalogue
line-keep-hint = With its unit, price and VAT, for other invoices.
line-description = More about it
line-drop = Take out line { $line }
line-carried-base = The price is for { $quantity }.
line-carried-list = List price { $price }.
line-carried-time = For { $from } to { $to }.
line-carried-from = For the time from { $day }.
line-carried-to = For the time until { $day }.
adjustment-kind = Discount or charge
adjustment-allowance = Discount
adjustment-charge = Charge
adjustment-how-much = How much
adjustment-example = 10 % or 50.00
adjustment-base = of { $base }
adjustment-reason = What for
unit-piece = piece
unit-hour = hour
unit-day = day
unit-week = week
unit-month = month
unit-year = year
unit-set = set
unit-flat = flat fee
unit-km = km
unit-metre = m
unit-square-metre = m²
unit-kilogram = kg
sum-allowances = Discounts
sum-charges = Charges
sum-prepaid = Paid before

search-label = Search invoices
keyboard-title = Shortcuts
keys-letters = Single letters are shortcuts, outside of fields
keys-close = Close
key-ctrl-enter = Ctrl ↵
key-search = Search
key-new = New invoice
key-move = To the next and the previous row
key-open = Open the row
key-edit = Change the draft
key-payment = Record a payment
key-issue = Issue (you are asked)
key-all = All shortcuts

list-search = Number or customer
list-customers = { $count ->
    [one] Customer:
   *[other] Customers:
}
list-customers-all = all of them
list-no-match = No invoice has “{ $text }” in its number or its customer’s name
page-newest = Newest
invoice-open = Open
invoice-copy = Copy as a new draft

tax-rate = { $rate } %
tax-with = With VAT
tax-without = Without VAT
tax-other = Another rate
tax-other-rate = Rate in percent
tax-other-example = 8.5
tax-zero = Zero
tax-exempt = Exempt
tax-reverse = Reverse charge
tax-reverse-case = Services to a business abroad
tax-eu = EU goods
tax-eu-case = Goods to a business in another EU country
tax-export = Export
tax-outside = Outside VAT

people-title = People
people-here = Who works here
people-role = Role
people-you = you
people-change = Change the role
people-end = End their time here
people-end-title = End their time here?
people-end-why = From that moment they open nothing of these books, wherever they are signed in. The invitations, links and keys for programs that they made end as well. What they wrote and did stays.
people-end-links = { $count ->
    [one] One link that a customer holds opens nothing any more then. Make a new one where it is still needed:
   *[other] { $count } links that customers hold open nothing any more then. Make new ones where they are still needed:
}
people-end-invitations = { $count ->
    [one] One invitation that waits ends with it.
   *[other] { $count } invitations that wait end with it.
}
people-end-keys = { $count ->
    [one] One key for a program ends with it.
   *[other] { $count } keys for programs end with it.
}
people-end-back = To come back they need a new invitation.
people-end-go = End the time of { $name }
people-ended = The time of { $name } here has ended.
people-changed = { $name } works here in another role now.
role-owner = Owner
role-administrator = Administrator
role-finance-manager = Finance manager
role-billing-clerk = Billing clerk
role-sales-representative = Sales representative
role-auditor = Auditor
roles-what = What each role may do
role-auditor-what = Sees everything and changes nothing.
role-sales-representative-what = Their own customers and the invoices of these.
role-billing-clerk-what = Customers, invoices and payments; takes no payment back.
role-finance-manager-what = Customers, invoices, payments and the books; takes payments back.
role-administrator-what = People, settings, backup and history; sees no customers and no invoices.
role-owner-what = Everything, other owners and the recovery sheet included.
invite-title = Invite somebody
invite-why = You get a link that works once, for seven days. Whoever opens it sets up a sign-in of their own, or uses the one they have.
invite-email = Their e-mail address
invite-email-hint = They sign in with it. The link works for this address alone.
invite-until = until { $time }
invite-opened = opened, not joined yet
invite-end = Take it back
people-not-more = Nobody gives more than they have: for other roles ask an owner.
invite-go = Make the link
invite-made = The link is made. It is shown only now.
invite-hand-over = Hand it over yourself, to the person it is for:
invite-waiting = { $count ->
    [one] { $count } invitation waits
   *[other] { $count } invitations wait
}

settings-title = Settings
settings-business = The business
settings-who-may = For you this is here to look at. Who may change it: { $roles }.
settings-tax-number = Tax number
settings-terms = Days to pay
settings-account = The account you are paid to
settings-account-why = A change of it stands out in the history: it is what a fraudster would want.
settings-holder = Whose account
settings-iban = IBAN
settings-bic = BIC
settings-show-account = Print the account and a payment code on invoices
settings-time-zone = Time zone
settings-fixed = This was chosen when the books were opened, and stands.
settings-language = Language
settings-language-of = These pages, on this device
settings-language-go = Use it
settings-save = Save
settings-saved = Saved. What was issued stays as it was.
settings-sign-in = Your password
settings-old-password = Your password now
settings-new-password = The new one
settings-change-password = Change the password
settings-password-changed = Your password is changed, and all other sign-ins ended.
settings-sessions = Where you are signed in
settings-this-one = here
settings-end-others = End all others

link-make = Make a link for the customer
link-made = The link is made. It is shown only now.
link-hand-over = Whoever has it opens this one invoice. Hand it over yourself:
copy-go = Copy
copy-link = Copy the link
copy-done = Copied.
link-until = It opens until { $day }.
document-title = A document for you
document-from = { $sender } sent you a document
document-why = It opens when you press the button, and the sender then sees that you have it.
document-open = Open it
document-closed-title = This link does not open
document-closed = It is over, or not whole. Ask whoever sent it to you for a new one.
document-number = Invoice { $number }
document-what = What it is for
document-questions = Questions about it
pay-title = How to pay
pay-nothing = Nothing is open. Thank you.
pay-ask = Ask the sender for the account, at the number you already have.
pay-code = Payment code for your banking app
pay-code-why = The code fills all of this into your banking app.
pay-to = To
pay-warning = Did a message give you a different account? Do not pay. Call the sender at the number you already have.

delivery-save-address = Save the address
delivery-save-mail = Save the mail server
hand-over-title = Sending
hand-over-why = Where mail leaves from, and under which address customers find their documents.
hand-over-go = Set up sending
address-title = Your address
address-why = Links to documents begin with it. Coffer looks at it when you save it. Without it, documents are downloaded and handed over by hand.
address-label = The address under which customers reach Coffer
address-hint = For example https://invoices.example.com. Not localhost, and no name that works in your house only.
address-try = Look from outside
address-try-why = Coffer opens a page of its own at this address, as a customer would.
address-leads-here = The address leads here.
address-led-here = The address led here before, and did not when it was looked at last. Links and mails still begin with it.
address-missed = No link and no mail is made: Coffer was never reached at this address.
address-taken-on = Links and mails begin with it: somebody here says that customers reach it.
address-before = Links and mails begin with it, and nobody has looked yet whether it leads here.
address-looked-at = Looked at { $at }.
address-take-on = Customers reach it, only this machine does not
address-take-on-why = Some routers do not let a house see its own address from outside. Try the address on a phone without Wi-Fi first.
address-unknown = Nobody knows this name. Enter it with whoever keeps your domain, then look again.
address-inside = Seen from this machine, the name leads to an address within your own network. Nothing was looked at there. If customers reach Coffer by it from outside, tick the box below.
address-unreachable = Nobody answers there, seen from this machine. Let the port through to Coffer, then look again.
address-unproven = What answers there has no certificate that browsers accept for this name, so customers would be warned off. Put a server with one in front of Coffer.
address-elsewhere = Somebody answers there, but not this Coffer. Compare the address with where it runs.
mail-title = Mail
mail-why = A mail says whose invoice waits and where. It carries no amounts, no lines and no addresses. There is no mail without encryption to a server that proves its name.
mail-host = Mail server
mail-host-hint = Its name as its certificate has it, for example mail.example.com.
mail-port = Port
mail-security = Encryption
mail-starttls = After a greeting (usually port 587)
mail-tls = From the start (usually port 465)
mail-sender = Sender
mail-sender-hint = The address that your mail comes from.
mail-user = User name
mail-password = Password
mail-password-hint = Locked away, and said to this server only.
mail-password-kept = It is kept. Type it again only where it changed.
mail-authority = Certificate authority
mail-authority-hint = Only where the server's certificate comes from an authority of your own.
mail-try = Try it
mail-try-why = Goes as far as the sender, and sends nothing.
mail-forget = Send no mail any more
mail-works = It works. Nothing was sent.
mail-stuck = It got stuck. Nothing was sent.
mail-found = Its name is known.
mail-not-found = Its name was looked up, in vain.
mail-connected = It answers.
mail-not-connected = It does not answer.
mail-encrypted = The connection is encrypted, and it proved its name.
mail-not-encrypted = There is no encryption to a server that proved its name.
mail-signed-in = It knows you.
mail-not-signed-in = It does not let you in.
mail-sender-taken = It takes mail from this sender.
mail-sender-not-taken = It takes no mail from this sender.
mail-said = It said:
problem-settings = The server's name or its certificate authority cannot be read. Check both.
problem-unknown = Nobody knows a server of this name. Check its spelling.
problem-unreachable = The mail server cannot be reached, or it broke off. Check its name and port.
problem-silent = The mail server takes too long to answer. Check its port, or try again later.
problem-no-tls = The mail server offers no encryption at this port, so it was told nothing. Use its port with encryption, usually 465 or 587.
problem-unproven = The mail server could not prove that it is the one you named. Check its name, or give the authority that vouches for it.
problem-unclear = What answers there does not speak like a mail server. Check its name and port.
problem-sign-in = The mail server does not accept this name and password. Check both with whoever runs it.
problem-sender = The mail server takes no mail from this sender. Use an address that belongs to your account there.
problem-recipient = The mail server takes no mail for this address. Compare it with the customer.
problem-content = The mail server refused this mail. Ask whoever runs it why.
problem-unanswered = The mail server broke off before it said whether it took the mail.
problem-not-printable = The document could not be printed. Remove unusual signs from its texts in a new invoice.
problem-altered = Something that this mail is made of was changed in the database, so it does not leave. Whoever runs this machine finds out what with coffer check.
problem-void = The invoice was voided before the mail left.
problem-not-set-up = Sending was switched off before the mail left.
problem-not-reached = Coffer was never reached at the address that links begin with, so the mail did not leave. Look at it again under Settings, Sending.

send-by-mail = Send by mail
send-title = Send { $number }
send-recipient = To
send-words = Words of your own
send-words-hint = They stand before the rest. A mail can be read on its way: no amounts, no account.
send-go = Send the mail
send-preview = The mail
send-preview-why = The invoice itself stays here; the link opens it and is made when the mail leaves.
send-link-here = (the link)
send-not-reached = No mail can leave yet: Coffer was never reached at the address that links begin with, so no link would reach the customer. Look at the address again, or download the PDF, hand it over and mark it as sent.
send-not-set-up = No mail can leave yet: nobody set up a mail server, or the address that links begin with. Download the PDF and hand it over, then mark it as sent.
letter-altered = A mail about this invoice was changed in the database, so it is not shown and does not leave. Whether it left before stands in the history.
letter-waiting = waits to be handed over
letter-again = not yet; it is tried again { $at }
letter-leaving = is being handed over
letter-handed-over = handed over to the mail server, { $at }
letter-perhaps-sent = perhaps sent, { $at }. It broke off before the answer came. Ask them, or send it once more: they will see one mail.
letter-refused = refused by the mail server, { $at }
letter-given-up = given up, { $at }
letter-stopped = not sent, { $at }
keys-title = Keys for programs
keys-here = The keys of this business
keys-none = No program has a key. A shop or a script gets one here, so that it never needs a person's password.
keys-settings-go = See the keys
keys-new = A new key
keys-why = A key acts in a role and does only what you tick. It ends when whoever made it leaves.
keys-name = What it is for
keys-name-hint = For example: the web shop.
keys-role = Role it acts in
keys-may = What it may do
keys-good-for = Good for
keys-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
keys-go = Make the key
keys-made = The key is made. It is shown only now.
keys-copy = Copy it into the program it is for, and keep no other copy:
keys-used = last used { $time }
keys-unused = never used
keys-until = good until { $day }
keys-expired = Expired
keys-revoked = Revoked
keys-revoke = Revoke…
keys-last-use = Last use
keys-revoke-title = Revoke this key?
keys-revoke-why = Whatever uses it is refused from then on, at once.
keys-revoke-then = This cannot be undone: a new key is another one, and has to be put into each program.
keys-revoke-named = Revoke “{ $name }”
scope-read-business = See the business's particulars
scope-read-customers = See customers
scope-add-customer = Add customers
scope-revise-customer = Change customers
scope-read-catalogue = See the catalogue
scope-add-item = Add to the catalogue
scope-revise-item = Change the catalogue
scope-read-invoices = See invoices
scope-draft-invoice = Draft invoices
scope-revise-invoice = Change drafts
scope-issue-invoice = Issue invoices
scope-send-invoice = Send invoices
scope-void-invoice = Void invoices
scope-read-payments = See payments
scope-record-payment = Record payments
scope-reverse-payment = Take payments back
scope-read-log = See the history

proof-title = Please confirm it is you
proof-why = Nobody shall do this from a screen that was left open, so it asks for a code of your second step. What you typed waits and goes on by itself.
act-account = To change the account that customers pay to
act-delivery = To change how documents are sent
act-end = To end the time of { $name }
act-invite = To invite { $name }
act-key = To make a key for { $name }
act-role = To give { $name } the role { $role }
act-second-step = To set up another second step
act-sheet = To see a new recovery sheet
act-sheet-try = To put the recovery sheet in force
act-spare = To get new spare codes
proof-go = Confirm and go on
proof-leave = Leave it

sign-in-over = Your sign-in was over
sign-in-file-again = The file was too large to be kept. Sign in, and choose it again: nothing of it was saved.
sign-in-kept = What you typed is kept in this page, sealed. Sign in, and it goes on by itself.
homeless-title = You work for no business here
homeless-why = Your sign-in stands, but no business has you among its people. If somebody invites you, open their link.
astray-title = Mails that did not arrive
astray-not-sent = the mail server did not take it
astray-perhaps = perhaps sent; nobody heard the answer

sheet-title = Your recovery sheet
sheet-aside = Never lost
sheet-why = If this machine is lost, everything comes back from two things: a backup, and a sheet of paper with a code. Without the sheet nobody can open a backup, you included.
sheet-keep = Keep it away from this machine, like the deed to a house. Whoever holds it and a backup can read everything.
sheet-show = Show the sheet
sheet-later = Later
sheet-make = Make the recovery sheet
sheet-make-new = Make a new sheet
sheet-write = Print this page or write the code down, with its numbers. It is shown only now.
sheet-whose = For the books of
sheet-made = Made on
sheet-opens = Opens
sheet-opens-what = backups that ask for sheet { $name }
sheet-use-one = On an empty machine with Coffer and a backup, run:
sheet-command = coffer restore FILE
sheet-use-two = Type the thirteen groups in their order when it asks for the code. It says which group was mistyped.
sheet-use-three = Start Coffer: everything is there. If anybody else saw this sheet, make a new one; that ends this one.
sheet-back-why = Type two groups back from the paper, so that it is sure to be right. Only then is the sheet in force.
sheet-group = Group { $number }
sheet-try = The sheet is safe
sheet-print = Print this page
sheet-not-there = You do not have it?
sheet-not-there-why = A new sheet takes the place of this one, which was never in force. Or make one later: Home reminds you until there is one.

backup-title = Backup
backup-sheet = The recovery sheet
backup-sheet-in-force = Sheet { $name } is in force. A new one ends it.
backup-sheet-none = There is none yet. A backup opens with it only, so it comes first.
backup-sheet-owner = An owner makes it.
backup-file = The backup
backup-why = One encrypted file with everything: books, history, documents. It opens with the recovery sheet only, so it may lie anywhere.
backup-last = The last one was made on { $at }.
backup-went = It has { $size }.
backup-went-browser = It has { $size }, saved from a browser.
backup-went-machine = It has { $size }, written at the machine.
backup-went-program = It has { $size }, fetched by a program.
backup-none = There is none yet.
backup-writing = It is being written. This page says when all of it has arrived.
backup-make = Make a backup now
backup-counts = It counts once all of it has arrived; if this page does not say so by itself, load it again.
backup-keep = Keep it on another machine. To bring it back on an empty one: coffer restore FILE

warn-no-sheet = Your books could be lost
warn-sheet-untried-why = The recovery sheet that was shown is not in force yet: nobody typed two groups back from it. Until then a broken machine takes everything with it. A new one takes its place.
warn-no-sheet-why = There is no recovery sheet yet. Without one a broken machine takes everything with it.
safety-title = Safety
safety-backup = { $days ->
    [0] A backup was made within the last day.
    [one] The last backup is a day old.
   *[other] The last backup is { $days } days old.
}
safety-opens = It opens with sheet { $name }.
warn-no-backup = There is no backup yet
warn-no-backup-why = A broken disk would take your books with it. One file, kept elsewhere, brings them back.
warn-to-backup = Make a backup

recover-title = A way back in
recover-why = Choose a new password, scan the picture with your phone or password manager, and type the code it shows. All of it becomes new, and every other sign-in of yours ends.
recover-password = A new password
recovery-made = At the machine a way back in was made for
recovery-used = It was used.
recovery-unused = It was not used.
recovery-what = If nobody asked for it, end that person's time here and ask who was at the machine.
recovery-home = At the machine a way back in was made for somebody who works here.
second-anew = Replace the second step
second-anew-why = Scan this with your new phone or password manager. The old one works until the first code of the new one fits; then your other sign-ins end.
second-settings-why = For a new phone, or when somebody may have seen your codes.
spare-anew = New spare codes
settings-end-one = End it

rail-history = History
history-title = History
history-none = Nothing fits this yet.
history-what = What
history-who = Who
history-everybody = Everybody
history-show = Show
history-done = What was done
history-shown = What was looked at
history-refused = What was refused
history-all = All of it
history-gap-looks = { $count ->
    [one] One look or refusal between these lines is not shown.
   *[other] { $count } looks and refusals between these lines are not shown.
}
history-gap = { $count ->
    [one] One line between these is not shown.
   *[other] { $count } lines between these are not shown.
}
history-backup-findings = { $count ->
    [one] with one finding
   *[other] with { $count } findings
}
history-backup-of = of the backup made { $at }
history-known = { $count ->
    [one] one that is known
   *[other] { $count } that are known
}
history-times = { $count ->
    [one] { $count } time
   *[other] { $count } times
}
history-sent-on = sent on { $day }
history-since = since { $at }
history-no-permission = No permission
history-wrong-proof = Wrong code or password
history-too-many = Too many tries
history-forged = Forged
history-was-asked = Asked for a fresh code first: { $what }
history-was-refused = Refused: { $what }
history-was-shown = Looked at: { $what }
history-proof = Prove it
history-proof-why = The history is chained and signed: nobody can change, remove or reorder a line without it showing. Export it and check it anywhere, without this server:
history-export = Export the history
by-staff = Somebody who works here
by-key = A program
by-link = Whoever has the link
by-operator = At the machine
by-system = Coffer itself
by-arriving = Somebody arriving
by-nobody = Nobody known
link-end = End all links to it…
link-end-title = End all links to this invoice?
link-end-why = Whoever has one is turned away from then on: no link that was made opens it any more.
link-end-then = This cannot be undone. A link that is made afterwards is a new one, and has to be handed over again.
link-end-number = End all links to { $number }

delete-title = Delete this draft?
delete-why = Nobody outside has seen it, and it has no number yet. What is written in it is gone for good; the history keeps only that it was deleted.
delete-go = Delete the draft
done-deleted = The draft is deleted.

rail-items = Catalogue
items-title = Catalogue
items-add = New item
items-empty = Nothing in the catalogue yet
items-empty-why = What you sell again and again stands here with its price, and is offered while you type a line of an invoice.
items-search = Name of an item
items-none-named = No item’s name has “{ $text }” in it
items-best-first = { $count } found, the best first
items-saved = Saved. What was drafted or issued stays as it was.
items-retired = It is offered no more. What was drafted or issued stays as it was.
items-retire = Stop offering it
items-retire-title = Stop offering this?
items-retire-why = It is no longer offered while somebody types a line. Drafts and invoices that have it stay as they are. To sell it again, you add it anew.
items-retire-go = Stop offering { $name }
item-name = Name
item-name-hint = It stands on the line, as you write it here.
item-unit = Price is for one
item-stays = A new price holds for new lines. What was drafted or issued stays as it was.
item-save = Save the item
item-retired-since = Not offered since { $date }.
item-retired-why = It stays here so that the history can be read.
item-anew = Add it anew

import-title = Customers from a file
import-why = A CSV file, as Invoice Ninja, Zoho Invoice and most other programs export it. First you see what would become of each row; nothing is written until you say so.
import-file = The file
import-file-hint = CSV, at most 5 MiB and 10,000 rows. The first line names the columns.
import-look = Look at the file
import-review-title = What would become of it
import-count-ready = Would be added
import-count-known = Known already
import-count-repeats = Twice in the file
import-count-refused = Refused
import-count-added = Added
import-rows = { $count ->
    [one] of { $count } row
   *[other] of { $count } rows
}
import-columns = What the columns are
import-columns-why = Recognised by their names. Change what is not right, then look again.
import-column = Column
import-example = For example
import-field = Is taken for
import-field-none = nothing
import-field-company = Company
import-field-first-name = First name
import-field-last-name = Last name
import-field-address-line = Second line of the address
import-field-registration = Registration number
import-field-number = Customer number
import-dropped = left out
import-dropped-count = { $count ->
    [one] One column is left out: nothing of it is taken over.
   *[other] { $count } columns are left out: nothing of them is taken over.
}
import-look-again = Look again
import-left-out = Rows that are left out
import-line = Line
import-reason = Why, and what to do
import-more = and { $count } more
import-there = Imported before; nothing changes.
import-resembles = Somebody with this e-mail address is there already. Change the address in the file, or leave the row out.
import-beside = See it in a new tab
import-namesake = Somebody of this name and town is there already.
import-also = Add it all the same
import-also-go = Add those you ticked
import-also-too = Those you ticked are added as well.
import-repeats = The same customer as in line { $line }; only the first is taken.
import-nothing = Nothing would be added.
import-consequence = Each of them can be changed afterwards. Sending the file again adds nobody twice.
import-other = Another file
import-go = { $count ->
    [one] Add { $count } customer
   *[other] Add { $count } customers
}
import-leave = You can leave; it goes on. Sending the file again adds nobody twice.
import-done = { $count ->
    [one] { $count } done
   *[other] { $count } done
}
import-broke-off = The rows before stay. Send the file again: it goes on behind them.
import-see = See the customers
customers-import = Import from a file
steps-look = Numbers and look
look-title = Numbers and look
look-why = Everything here has a good default. The first number is fixed once one was given; all else can be changed at any time. What was issued stays as it is.
look-head = Paper
look-go = Go on
look-language = Language of your invoices
look-logo = Logo
look-logo-hint = A PNG or JPEG picture, about 1,200 pixels wide.
look-no-logo = Take the logo off
look-coloured = In your own colour
look-accent = Colour
look-preview = How an invoice comes out
look-darkened = This colour is too light to be read on white paper, so it is printed as { $printed }.
look-settings-why = How invoices are numbered, your logo and colour, and the paper as it comes out.
look-settings-go = Numbers and look
number-title = Numbers
number-next = The next invoice gets the number
number-year = Year
number-year-yes = With the year; begins with 1 each year
number-year-no = Without the year; runs on
number-digits = Digits
number-first = First number
number-first-given = A number was given, so this stands.
number-first-hint = For whoever numbered elsewhere before. It can no longer be changed once an invoice is issued.
sample-buyer = Sample customer
sample-street = High Street 1
sample-post-code = 12345
sample-city = Sampletown
sample-line-goods = Design of a shop sign
sample-line-hours = Lettering, per hour
customer-language = Language of their documents
customer-language-own = As on your other invoices
customer-country-unsaid = Not said

# What was changed in how documents are sent.
sending-address = links begin with { $value }
sending-no-address = there is no address any more
sending-reached = the address was reached
sending-taken-on = taken on: customers reach the address, only this machine does not
sending-missed = the address was not reached
sending-server = mail goes by { $value }
sending-no-server = no mail is sent any more
sending-sender = it comes from { $value }
sending-password = another password
sending-sign-in = another name or way to sign in at the mail server

books-altered = { $count ->
    [one] Something in these books is not as Coffer wrote it.
   *[other] In these books { $count } things are not as Coffer wrote them.
}
books-altered-next = Coffer looked through all of them and found it. Do not rely on what stands here, and write nothing more: whoever runs this machine gives “coffer check”, which names each, and keeps this state as evidence.
