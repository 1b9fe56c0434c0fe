#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::testing::seeded;

fn rfc_secret() -> TotpSecret {
    TotpSecret::from_bytes(b"12345678901234567890").unwrap()
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap()
}

/// RFC 4226 appendix D: the codes of counters 0 to 9, here the first ten steps.
#[test]
fn the_codes_are_those_of_rfc_4226() {
    let codes = ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"];
    for (step, code) in (0_u64..).zip(codes) {
        let start = i64::try_from(step * STEP_SECONDS).unwrap();
        for second in [start, start + 29] {
            assert_eq!(rfc_secret().matched_step(code, at(second), Drift::None), Some(Step(step)));
        }
        assert_eq!(rfc_secret().matched_step(code, at(start + 30), Drift::None), None);
    }
}

/// RFC 6238 appendix B, SHA-1: the last six of its eight digits.
#[test]
fn the_codes_are_those_of_rfc_6238() {
    for (seconds, code) in [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ] {
        let step = Step(u64::try_from(seconds).unwrap() / STEP_SECONDS);
        assert_eq!(rfc_secret().matched_step(code, at(seconds), Drift::None), Some(step), "{seconds}");
    }
}

#[test]
fn drift_is_one_step_to_either_side_and_only_where_asked_for() {
    // 359152 is the code of step 2, seconds 60 to 89.
    let step = |seconds, drift| rfc_secret().matched_step("359152", at(seconds), drift);
    for (seconds, none, one) in [
        (29, false, false),
        (30, false, true),
        (59, false, true),
        (60, true, true),
        (89, true, true),
        (90, false, true),
        (119, false, true),
        (120, false, false),
    ] {
        assert_eq!(step(seconds, Drift::None), none.then_some(Step(2)), "{seconds}");
        assert_eq!(step(seconds, Drift::OneStep), one.then_some(Step(2)), "{seconds}");
    }
    assert_eq!(Drift::default(), Drift::None);
}

#[test]
fn a_code_is_six_ascii_digits_and_nothing_else() {
    for bad in [
        "",
        "75522",
        "7552240",
        " 755224",
        "755224 ",
        "755 224",
        "+55224",
        "٧٥٥٢٢٤",
        "７５５２２４",
        "75522a",
        "755224\0",
    ] {
        assert_eq!(rfc_secret().matched_step(bad, at(0), Drift::OneStep), None, "{bad:?}");
    }
    assert_eq!(rfc_secret().matched_step("755224", at(-1), Drift::OneStep), None, "before 1970 there are no steps");
}

#[test]
fn a_secret_comes_back_from_its_bytes_and_goes_out_as_a_uri() {
    let secret = TotpSecret::generate(&seeded(1));
    assert_eq!(TotpSecret::from_bytes(secret.expose()).unwrap().expose(), secret.expose());
    assert!(TotpSecret::from_bytes(&[0; 16]).is_none());
    assert_eq!(TotpSecret::from_base_32(secret.base_32().expose()).unwrap().expose(), secret.expose());
    for unfit in ["", "GEZDGNBVGY3TQOJQ", "gezdgnbvgy3tqojqgezdgnbvgy3tqojq", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ1"] {
        assert!(TotpSecret::from_base_32(unfit).is_none(), "{unfit}");
    }
    assert_eq!(rfc_secret().base_32().expose(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    assert_eq!(
        rfc_secret().uri("Müller & Co", "ada@müller.example").expose(),
        "otpauth://totp/M%C3%BCller%20%26%20Co:ada%40m%C3%BCller.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
         &issuer=M%C3%BCller%20%26%20Co&algorithm=SHA1&digits=6&period=30"
    );
}
