//! Codes of the problems this stage finds; `docs/diagnostics.md` explains each.

// Errors: nothing can be emitted.
pub(crate) const UNREADABLE: &str = "E001";
pub(crate) const NOT_TEXT: &str = "E002";
pub(crate) const EMPTY: &str = "E003";
pub(crate) const SYNTAX: &str = "E004";
pub(crate) const TOO_LARGE: &str = "E005";
pub(crate) const TOO_DEEP: &str = "E006";
pub(crate) const TOO_MANY_NODES: &str = "E007";
pub(crate) const NOT_AN_OBJECT: &str = "E008";
pub(crate) const SWAGGER: &str = "E009";
pub(crate) const NOT_OPENAPI: &str = "E010";
pub(crate) const NOT_AN_OVERLAY: &str = "E011";
pub(crate) const BAD_JSONPATH: &str = "E012";
pub(crate) const BAD_ACTION: &str = "E013";

// Warnings about how the document is written.
pub(crate) const DUPLICATE_KEY: &str = "W001";
pub(crate) const SELECTS_NOTHING: &str = "W002";
pub(crate) const UPDATE_OF_PRIMITIVE: &str = "W003";
pub(crate) const DANGLING_REFERENCE: &str = "W004";
pub(crate) const REFUSED_REFERENCE: &str = "W005";
pub(crate) const UNREADABLE_REFERENCE: &str = "W006";
pub(crate) const CIRCULAR_REFERENCE: &str = "W007";
pub(crate) const IDLE_ACTION: &str = "W008";
pub(crate) const DESCRIBED_ONLY: &str = "W009";

// Warnings about pieces that had to be repaired.
pub(crate) const MISSING: &str = "W010";
pub(crate) const WRONG_KIND: &str = "W011";
pub(crate) const COERCED: &str = "W012";
pub(crate) const UNKNOWN_TYPE: &str = "W013";
pub(crate) const MISSING_ITEMS: &str = "W014";
pub(crate) const UNDECLARED_PATH_PARAMETER: &str = "W015";
pub(crate) const STRAY_PATH_PARAMETER: &str = "W016";
pub(crate) const UNKNOWN_PLACE: &str = "W017";
pub(crate) const ENUM_ON_ARRAY: &str = "W018";
pub(crate) const PATTERN: &str = "W019";
pub(crate) const WRONG_DEFAULT: &str = "W020";
pub(crate) const WRONG_ENUM: &str = "W021";
pub(crate) const STRAY_KEYWORD: &str = "W022";
pub(crate) const NEWER_KEYWORD: &str = "W023";
pub(crate) const DUPLICATE_PARAMETER: &str = "W024";
pub(crate) const NEWER_VERSION: &str = "W025";

// Warnings about what is legal piece by piece, or ignored, and probably not meant.
pub(crate) const UNKNOWN_KEYWORD: &str = "W027";
pub(crate) const FORBIDDEN_DEFAULT: &str = "W028";
pub(crate) const DUPLICATE_ENUM_VALUE: &str = "W029";
pub(crate) const DUPLICATE_OPERATION_ID: &str = "W030";
pub(crate) const SAME_PATH: &str = "W031";
pub(crate) const DUPLICATE_TAG: &str = "W032";
pub(crate) const REQUIRED_UNKNOWN: &str = "W033";
pub(crate) const LATER_KEYWORD: &str = "W034";

// Warnings about pieces that were lost.
pub(crate) const OPERATION_LOST: &str = "W040";
pub(crate) const PIECE_LOST: &str = "W041";
