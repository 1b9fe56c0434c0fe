# What pages say in English. Plain, short, exact; present tense; no exclamation marks.

form-optional = optional
form-back = Back
page-older = Older

rail-label = Places
rail-skip = To the content
rail-home = Home
rail-invoices = Invoices
rail-customers = Customers
rail-people = People
rail-settings = Settings
rail-new = New
rail-sign-out = Sign out

refused-nothing = There is nothing here
refused-not-yours = This is not yours to do
refused-broken = Something broke
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
enter-invited = You are invited to work here as: { $role }. The invitation is for this address:
enter-known = You sign in here already? Sign in, then open this link again.
enter-accept = Join with the sign-in you have

set-up-aside = Setting up
steps-you = You
steps-second = Second step
steps-business = Your business
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
second-why = A stolen password alone opens nothing here. Scan this with your phone or password manager, then type the code it shows.
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
join-why = Your sign-in stands. Join the business that invited you.
join-go = Join
business-title = Your business
business-why = This stands on your invoices. Everything but the country can be changed later.
business-name = Name of the business
business-country = Country and currency
business-vat-id = VAT number
business-vat-hint = Needed on invoices with VAT, for example DE318204977.
business-prefix = Before the number
business-prefix-hint = AN- makes AN-2026-0001. May stay empty.
business-go = Open the books

home-title = What is owed to { $business }
home-new = New invoice
home-first = Write the first invoice
home-empty = No invoices yet
home-empty-why = Here will stand what is owed to you, what is late, and what is on its way.
home-owed = Owed to you
home-overdue = Of that, overdue
home-expected = Expected
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
home-all-late = All that is late
home-nothing = Nothing needs you today.
chart-owed = What is late and what is expected, by week
chart-table = Show the figures as a table
chart-when = When
chart-amount = Amount
chart-late = late
chart-over-sixty = over 60 days
chart-over-thirty = 29–60
chart-over-fourteen = 15–28
chart-under-fourteen = 1–14
chart-later = later

status-draft = Draft
status-void = Void
status-unpaid = Unpaid
status-part = Part paid
status-paid = Paid
status-over = Overpaid
status-overdue = { $days ->
    [one] { $days } day late
   *[other] { $days } days late
}

customers-title = Customers
customers-empty = No customers yet
customers-empty-why = A name is enough to begin with. They also appear here when you type their name in an invoice.
customers-add = New customer
customer-name = Name
customer-email = E-mail
customer-email-hint = Where their invoices go.
customer-street = Street and number
customer-post-code = Post code
customer-city = Town
customer-country = Country
customer-country-hint = Two letters, for example DE.
customer-vat-id = VAT number
customer-phone = Phone
customer-save = Save the customer
customer-particulars = Particulars
customer-no-invoices = No invoices for this customer yet.

invoices-title = Invoices
invoices-no-match = No invoice fits this
filter-label = Which invoices
filter-all = All
filter-drafts = Drafts
filter-open = Open
filter-overdue = Overdue
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
delivery-mark-sent = Mark as sent
delivery-sent = Sent
delivery-bounced = Came back
delivery-opened = Opened
invoice-amount = Amount
invoice-pdf = Download the PDF
invoice-edit = Change
invoice-issue = Issue
invoice-page = The page
sum-net = Net
sum-vat = VAT
sum-to-pay = To pay
payments-title = Payments
payments-none = No money was recorded for this invoice.
payment-reversed = taken back
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
void-title = Void
void-why = Only for what reached nobody. The number stays taken, and the books are put right by a second entry.
void-go = Void this invoice
issue-title = Issue this invoice?
issue-fixed = This gets number { $number } and can no longer be changed. Mistakes are corrected by a second document.
issue-go = Issue the invoice

editor-title = Change the draft
editor-new-customer = A new customer
editor-customer-name = Name of the new customer
editor-customer-hint = Only where they are not in the list.
editor-lines = What is billed
editor-delivered = Delivered on
editor-reference = Their reference
editor-order = Their order number
editor-due-hint = { $days } days after issuing where it is empty.
editor-exemption = Why there is no VAT
editor-exemption-hint = Needed where a line has no VAT; it stands on the invoice.
editor-note = A note to the customer
editor-look = Save and look at it
editor-save = Save the draft
editor-whom = Say who is billed: choose a customer, or type the name of a new one.
line-what = What
line-quantity = Quantity
line-price = Price
line-vat = VAT
tax-standard = Standard { $rate } %
tax-zero = Zero
tax-exempt = Exempt
tax-reverse = Customer pays the VAT
tax-eu = Sale to another EU country
tax-export = Export
tax-outside = Outside VAT

people-title = People
people-here = Who works here
people-role = Role
people-change = Change the role
people-end = End their time here
role-owner = Owner
role-administrator = Administrator
role-finance-manager = Finance manager
role-billing-clerk = Billing clerk
role-sales-representative = Sales representative
role-auditor = Auditor
invite-title = Invite somebody
invite-why = You get a link that works once, for seven days. Whoever opens it sets up a sign-in of their own, or uses the one they have.
invite-email = Their e-mail address
invite-email-hint = They sign in with it. The link works for this address alone.
invite-until = until { $time } UTC
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
settings-tax-number = Tax number
settings-terms = Days to pay
settings-account = The account you are paid to
settings-account-why = A change of it stands out in the history: it is what a fraudster would want.
settings-holder = Whose account
settings-iban = IBAN
settings-bic = BIC
settings-show-account = Print the account and a payment code on invoices
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

link-title = Link
link-make = Make a link for the customer
link-made = The link is made. It is shown only now.
link-hand-over = Whoever has it opens this one invoice. Hand it over yourself:
document-title = A document for you
document-from = { $sender } sent you a document
document-why = It opens when you press the button, and the sender then sees that you have it.
document-open = Open it
document-number = Invoice { $number }
document-what = What it is for
pay-title = How to pay
pay-nothing = Nothing is open. Thank you.
pay-ask = Ask the sender for the account, at the number you already have.
pay-code = Payment code for your banking app
pay-code-why = The code fills all of this into your banking app.
pay-to = To
pay-warning = Did a message give you a different account? Do not pay. Call the sender at the number you already have.
