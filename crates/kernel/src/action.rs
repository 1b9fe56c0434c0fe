//! What can be done: every command and query has its action, and the log, the policy and the API scopes name it alike.

macro_rules! actions {
    ($($variant:ident = $code:literal, $words:literal;)*) => {
        /// Something an actor may be allowed to do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action {
            $(
                #[doc = concat!("To ", $words, ".")]
                $variant,
            )*
        }

        impl Action {
            /// Every action, in the order of the policy table.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name in the log, the API scopes and the documentation.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            /// How it reads after "to" in a sentence.
            #[must_use]
            pub const fn words(self) -> &'static str {
                match self { $(Self::$variant => $words),* }
            }

            /// The action with this code.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|action| action.code() == code)
            }
        }
    };
}

actions! {
    FoundBusiness = "business.found", "found a business";
    ReadBusiness = "business.read", "see the business's particulars";
    ReviseBusiness = "business.revise", "change the business's particulars";
    ReviseSettings = "settings.revise", "change how mail is sent and links are made";
    ResumeCaller = "caller.resume", "recognise who is asking";
    CreateSetupLink = "setup_link.create", "make a set-up link";
    SetUpOwner = "person.arrive", "arrive through a link";
    SignIn = "session.open", "sign in";
    ReadSessions = "session.read", "see one's own sessions";
    EndSession = "session.end", "end one's own sessions";
    ReviseSignIn = "sign_in.revise", "change one's own password and second step";
    RecoverUser = "user.recover", "let somebody back in who lost their second step";
    ReadPeople = "people.read", "see who works here";
    InvitePerson = "person.invite", "invite somebody";
    AcceptInvitation = "invitation.accept", "accept an invitation";
    RevisePerson = "person.revise", "change somebody's role or end their time here";
    CreateApiKey = "api_key.create", "create an API key";
    RevokeApiKey = "api_key.revoke", "revoke an API key";
    ReadCustomers = "customer.read", "see customers";
    AddCustomer = "customer.add", "add a customer";
    ReviseCustomer = "customer.revise", "change a customer";
    ImportCustomers = "customer.import", "import customers from a file";
    ReadCatalogue = "item.read", "see the catalogue";
    AddItem = "item.add", "add to the catalogue";
    ReviseItem = "item.revise", "change the catalogue";
    ReadInvoices = "invoice.read", "see invoices";
    DraftInvoice = "invoice.draft", "draft an invoice";
    ReviseInvoice = "invoice.revise", "change a draft";
    DeleteDraft = "invoice.delete", "delete a draft";
    IssueInvoice = "invoice.issue", "issue an invoice";
    VoidInvoice = "invoice.void", "void an invoice";
    SendInvoice = "invoice.send", "send an invoice";
    RecordRendition = "invoice.record_rendition", "record an invoice's rendition";
    RecordDelivery = "invoice.record_delivery", "record how a delivery went";
    OpenDocument = "document.open", "open a document by its link";
    ReadPayments = "payment.read", "see payments";
    RecordPayment = "payment.record", "record a payment";
    ReversePayment = "payment.reverse", "take back a payment that was recorded";
    ReadLedger = "ledger.read", "see the books";
    ReadLog = "log.read", "see the history";
    CheckBooks = "books.check", "check the books and the log";
    KnowFindings = "finding.know", "say that a finding is known";
    BackUp = "backup.make", "make a backup";
    RestoreBooks = "backup.restore", "bring books back from a backup";
    RotateRootKey = "root_key.rotate", "change the key to the data";
    MakeRecoverySheet = "recovery_sheet.make", "make a recovery sheet";
}
