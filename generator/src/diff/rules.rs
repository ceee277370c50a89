//! Every kind of change: its stable name, what it does to requests and to answers, and how it is told.
//!
//! Data only. In messages `{before}`, `{after}` and `{name}` are put in. Where the effect is not plain from the message,
//! `why` says what it is taken for.

use super::{Direction, Effect};

/// A kind of change.
#[derive(Debug)]
pub struct Rule {
    /// Stable name, as in `--allow` files and JSON.
    pub id: &'static str,
    /// What it does to what clients send.
    pub request: Effect,
    /// What it does to what clients read.
    pub response: Effect,
    /// What happened, with places for values.
    pub message: &'static str,
    /// Why the effect is what it is; empty where the message says it.
    pub why: &'static str,
}

impl Rule {
    /// What a change of this kind does to what travels a way.
    pub fn effect(&self, direction: Direction) -> Effect {
        match direction {
            Direction::Request => self.request,
            Direction::Response => self.response,
            Direction::None => Effect::None,
        }
    }
}

/// A table of rules: a constant each, and all of them in [`RULES`].
macro_rules! rules {
    ($($name:ident $id:literal $request:ident $response:ident $message:literal $why:literal;)*) => {
        $(pub(super) static $name: Rule = Rule {
            id: $id, request: Effect::$request, response: Effect::$response, message: $message, why: $why,
        };)*
        /// Every kind of change.
        pub static RULES: &[&Rule] = &[$(&$name),*];
    };
}

#[rustfmt::skip]
rules! {
    // Paths and operations.
    PATH_REMOVED "path-removed" Narrows None "the path is gone" "";
    PATH_REMOVED_AFTER_DEPRECATION "path-removed-after-deprecation" Narrows None "the path is gone, as its deprecation announced" "";
    PATH_REMOVED_BEFORE_SUNSET "path-removed-before-sunset" Narrows None "the path is gone before the sunset that was announced: {before}" "";
    OPERATION_REMOVED "operation-removed" Narrows None "the operation is gone" "";
    OPERATION_REMOVED_AFTER_DEPRECATION "operation-removed-after-deprecation" Narrows None "the operation is gone, as its deprecation announced" "";
    OPERATION_REMOVED_BEFORE_SUNSET "operation-removed-before-sunset" Narrows None "the operation is gone before the sunset that was announced: {before}" "";
    OPERATION_ADDED "operation-added" Widens None "the operation is new" "";
    OPERATION_ID_ADDED "operation-id-added" None None "the operation has an id now: {after}" "ids are not sent";
    OPERATION_ID_REMOVED "operation-id-removed" None None "the operation lost its id {before}" "ids are not sent";
    OPERATION_ID_CHANGED "operation-id-changed" None None "the operation id changed from {before} to {after}" "ids are not sent";
    TAG_ADDED "tag-added" None None "the tag {after} is new" "tags are not sent";
    TAG_REMOVED "tag-removed" None None "the tag {before} is gone" "tags are not sent";
    PATH_PARAMETER_RENAMED "path-parameter-renamed" None None "the path parameter {before} is called {after} now" "names in a path are not sent";
    WEBHOOK_ADDED "webhook-added" None None "the webhook is new" "it is delivered only to those who ask for it";
    WEBHOOK_REMOVED "webhook-removed" None Incomparable "the webhook is gone" "what was delivered no longer comes";
    CALLBACK_ADDED "callback-added" None None "the callback {after} is new" "it is delivered only to those who ask for it";
    CALLBACK_REMOVED "callback-removed" None Incomparable "the callback {before} is gone" "what was delivered no longer comes";
    SCHEMA_REMOVED "schema-removed" None None "the schema is gone from `components`" "what was called by its name may go on under another, or stand where it is used";
    // Servers and security.
    SERVER_ADDED "server-added" Widens None "the server {after} is new" "";
    SERVER_REMOVED "server-removed" Narrows None "the server {before} is gone" "old clients call the address they were built with";
    SECURITY_REQUIRED "security-required" Narrows None "calls need {after}, and needed nothing before" "";
    SECURITY_NO_LONGER_REQUIRED "security-no-longer-required" Widens None "calls needed {before}, and need nothing now" "";
    SECURITY_ALTERNATIVE_ADDED "security-alternative-added" Widens None "{after} is accepted as well" "";
    SECURITY_ALTERNATIVE_REMOVED "security-alternative-removed" Narrows None "{before} is no longer accepted" "";
    SECURITY_SCOPE_ADDED "security-scope-added" Narrows None "the scope {after} is needed as well" "";
    SECURITY_SCOPE_REMOVED "security-scope-removed" Widens None "the scope {before} is no longer needed" "";
    SECURITY_SCHEME_ADDED "security-scheme-added" None None "the security scheme is new" "only what operations ask for matters";
    SECURITY_SCHEME_REMOVED "security-scheme-removed" None None "the security scheme is gone" "only what operations ask for matters";
    SECURITY_SCHEME_CHANGED "security-scheme-changed" Incomparable None "{name} changed from {before} to {after}" "";
    OAUTH_AUTHORIZATION_URL_CHANGED "oauth-authorization-url-changed" Incomparable None "the address where users authorize changed from {before} to {after}" "";
    OAUTH_TOKEN_URL_CHANGED "oauth-token-url-changed" Incomparable None "the address that gives tokens changed from {before} to {after}" "";
    OAUTH_SCOPE_ADDED "oauth-scope-added" Widens None "the scope {name} is new" "";
    OAUTH_SCOPE_REMOVED "oauth-scope-removed" Narrows None "the scope {name} is gone" "";
    OAUTH_SCOPE_CHANGED "oauth-scope-changed" None None "the scope {name} is described anew" "only its description differs";
    // Deprecation, sunset and stability.
    DEPRECATED "deprecated" None None "it is deprecated" "";
    DEPRECATED_WITH_SUNSET "deprecated-with-sunset" None None "it is deprecated and goes on {after}" "";
    DEPRECATED_WITHOUT_SUNSET "deprecated-without-sunset" None None "it is deprecated, and nothing says when it goes" "";
    DEPRECATED_WITH_UNREADABLE_SUNSET "deprecated-with-unreadable-sunset" None None "it is deprecated, and {after} is not a day" "";
    DEPRECATED_WITH_EARLY_SUNSET "deprecated-with-early-sunset" None None "it is deprecated and goes on {after}, sooner than the notice that was asked for" "";
    REACTIVATED "reactivated" None None "it is no longer deprecated" "";
    SUNSET_REMOVED "sunset-removed" None None "the day it goes is no longer announced; it was {before}" "";
    SUNSET_ANNOUNCED "sunset-announced" None None "it goes on {after}" "";
    SUNSET_MOVED "sunset-moved" None None "the day it goes moved from {before} to {after}" "";
    SUNSET_MOVED_TOO_CLOSE "sunset-moved-too-close" None None "the day it goes moved from {before} to {after}, sooner than the notice that was asked for" "";
    SUNSET_UNREADABLE "sunset-unreadable" None None "the day it goes changed from {before} to {after}, and one of them is not a day" "";
    REMOVED_WITH_UNREADABLE_SUNSET "removed-with-unreadable-sunset" Narrows Incomparable "it is gone, and the sunset that was announced is not a day: {before}" "";
    STABILITY_LOWERED "stability-lowered" None None "it was {before} and is {after}" "what is sent is the same; what is promised is not";
    STABILITY_RAISED "stability-raised" None None "it was {before} and is {after}" "";
    STABILITY_UNREADABLE "stability-unreadable" None None "its stability changed from {before} to {after}, and one of them is not a level" "";
    // Parameters and headers.
    REQUIRED_PARAMETER_ADDED "required-parameter-added" Narrows None "the required parameter is new" "";
    REQUIRED_PATH_PARAMETER_ADDED "required-path-parameter-added" Narrows None "the parameter in the path is new" "";
    OPTIONAL_PARAMETER_ADDED "optional-parameter-added" Widens None "the optional parameter is new" "";
    PARAMETER_REMOVED "parameter-removed" Narrows None "the parameter is gone" "old clients go on sending it, and it means nothing or is refused";
    PARAMETER_REMOVED_WHILE_UNSTABLE "parameter-removed-while-unstable" Narrows None "the parameter is gone from an operation that is said to be subject to change" "old clients go on sending it, and it means nothing or is refused";
    PARAMETER_REMOVED_AFTER_DEPRECATION "parameter-removed-after-deprecation" Narrows None "the parameter is gone, as its deprecation announced" "old clients go on sending it, and it means nothing or is refused";
    PARAMETER_REMOVED_BEFORE_SUNSET "parameter-removed-before-sunset" Narrows None "the parameter is gone before the sunset that was announced: {before}" "";
    PARAMETER_REMOVED_WITH_UNREADABLE_SUNSET "parameter-removed-with-unreadable-sunset" Narrows None "the parameter is gone, and the sunset that was announced is not a day: {before}" "";
    PARAMETER_SUNSET_UNREADABLE "parameter-sunset-unreadable" None None "the parameter is deprecated, and {after} is not a day" "";
    PARAMETER_BECAME_REQUIRED "parameter-became-required" Narrows None "the parameter is required now" "";
    PARAMETER_BECAME_OPTIONAL "parameter-became-optional" Widens None "the parameter is optional now" "";
    PARAMETER_STYLE_CHANGED "parameter-style-changed" Incomparable Incomparable "it is written as {after}, not as {before}" "";
    PARAMETER_DEFAULT_ADDED "parameter-default-added" Incomparable None "calls without the parameter mean {after}" "what a call without it meant before is not said";
    PARAMETER_DEFAULT_REMOVED "parameter-default-removed" Incomparable None "calls without the parameter no longer mean {before}" "";
    PARAMETER_DEFAULT_CHANGED "parameter-default-changed" Incomparable None "calls without the parameter mean {after}, not {before}" "";
    EMPTY_VALUE_ALLOWED "empty-value-allowed" Widens None "an empty value is accepted" "";
    EMPTY_VALUE_REFUSED "empty-value-refused" Narrows None "an empty value is no longer accepted" "";
    REQUIRED_HEADER_ADDED "required-header-added" Narrows None "the required header is new" "";
    HEADER_ADDED "header-added" Widens None "the header is new" "readers ignore headers they do not know";
    REQUIRED_HEADER_REMOVED "required-header-removed" Widens Widens "the header that was always there is gone" "";
    OPTIONAL_HEADER_REMOVED "optional-header-removed" Narrows Narrows "the optional header is gone" "";
    HEADER_BECAME_REQUIRED "header-became-required" Narrows Narrows "the header is always there now" "";
    HEADER_BECAME_OPTIONAL "header-became-optional" Widens Widens "the header may be left out now" "";
    // Bodies and answers.
    REQUIRED_BODY_ADDED "required-body-added" Narrows None "a body is required, and there was none" "";
    OPTIONAL_BODY_ADDED "optional-body-added" Widens None "a body may be sent, and there was none" "";
    BODY_REMOVED "body-removed" Narrows None "the body is gone" "";
    BODY_BECAME_REQUIRED "body-became-required" Narrows None "the body is required now" "";
    BODY_BECAME_OPTIONAL "body-became-optional" Widens None "the body may be left out now" "";
    MEDIA_TYPE_ADDED "media-type-added" Widens None "the media type {after} is new" "clients are answered in the media types they accept";
    MEDIA_TYPE_REMOVED "media-type-removed" Narrows Incomparable "the media type {before} is gone" "";
    MEDIA_TYPE_PARAMETERS_CHANGED "media-type-parameters-changed" None None "the media type is {after}, not {before}" "the parameters do not say how the content is read";
    MEDIA_TYPE_SPECIALIZED "media-type-specialized" Narrows Narrows "the media type is {after}, a kind of {before}" "";
    MEDIA_TYPE_GENERALIZED "media-type-generalized" Widens Widens "the media type is {after}, more general than {before}" "";
    MEDIA_TYPE_SCHEMA_ADDED "media-type-schema-added" Narrows Narrows "the content has a schema, and could be anything before" "";
    MEDIA_TYPE_SCHEMA_REMOVED "media-type-schema-removed" Widens Widens "the content may be anything, and had a schema before" "";
    ENCODING_CHANGED "encoding-changed" Incomparable Incomparable "the part {name} is encoded as {after}, not as {before}" "";
    SUCCESS_STATUS_ADDED "success-status-added" None Widens "success may be {after} as well" "old clients know no answer for it";
    SUCCESS_STATUS_REMOVED "success-status-removed" None Incomparable "the success {before} is gone" "success is told in another way";
    FAILURE_STATUS_ADDED "failure-status-added" None None "the failure {after} is told" "clients take any failure for one";
    FAILURE_STATUS_REMOVED "failure-status-removed" None Narrows "the failure {before} is no longer told" "";
    // Types and values.
    TYPE_CHANGED "type-changed" Incomparable Incomparable "the type changed from {before} to {after}" "";
    TYPE_NARROWED "type-narrowed" Narrows Narrows "the type narrowed from {before} to {after}" "";
    TYPE_WIDENED "type-widened" Widens Widens "the type widened from {before} to {after}" "";
    TYPE_COMPATIBLE "type-compatible" None None "the type changed from {before} to {after}" "the media type writes both as text";
    FORMAT_CHANGED "format-changed" Incomparable Incomparable "the format changed from {before} to {after}" "";
    FORMAT_NARROWED "format-narrowed" Narrows Narrows "the format narrowed from {before} to {after}" "";
    FORMAT_WIDENED "format-widened" Widens Widens "the format widened from {before} to {after}" "";
    BECAME_NULLABLE "became-nullable" Widens Widens "it may be null" "";
    BECAME_NOT_NULLABLE "became-not-nullable" Narrows Narrows "it may no longer be null" "";
    ENUM_ADDED "enum-added" Narrows Narrows "only certain values are left: {after}" "";
    ENUM_REMOVED "enum-removed" Widens Widens "any value is possible, not only {before}" "";
    ENUM_VALUE_ADDED "enum-value-added" Widens Widens "the value {after} is new" "";
    ENUM_VALUE_REMOVED "enum-value-removed" Narrows Narrows "the value {before} is gone" "";
    EXTENSIBLE_ENUM_VALUE_ADDED "extensible-enum-value-added" Widens None "the value {after} is new" "readers of an extensible enumeration expect values they do not know";
    EXTENSIBLE_ENUM_VALUE_REMOVED "extensible-enum-value-removed" Narrows Narrows "the value {before} is gone" "";
    CONST_ADDED "const-added" Narrows Narrows "the only value is {after}" "";
    CONST_REMOVED "const-removed" Widens Widens "any value is possible, not only {before}" "";
    CONST_CHANGED "const-changed" Incomparable Incomparable "the only value is {after}, not {before}" "";
    DEFAULT_ADDED "default-added" None None "what is left out means {after}" "what it meant before is not said";
    DEFAULT_REMOVED "default-removed" None None "what is left out no longer means {before}" "what it means now is not said";
    DEFAULT_CHANGED "default-changed" Incomparable None "what is left out means {after}, not {before}" "";
    // Limits.
    MAXIMUM_SET "maximum-set" Narrows Narrows "the maximum is {after}; there was none" "";
    MAXIMUM_UNSET "maximum-unset" Widens Widens "the maximum of {before} is gone" "";
    MAXIMUM_LOWERED "maximum-lowered" Narrows Narrows "the maximum fell from {before} to {after}" "";
    MAXIMUM_RAISED "maximum-raised" Widens Widens "the maximum rose from {before} to {after}" "";
    EXCLUSIVE_MAXIMUM_SET "exclusive-maximum-set" Narrows Narrows "the exclusive maximum is {after}; there was none" "";
    EXCLUSIVE_MAXIMUM_UNSET "exclusive-maximum-unset" Widens Widens "the exclusive maximum of {before} is gone" "";
    EXCLUSIVE_MAXIMUM_LOWERED "exclusive-maximum-lowered" Narrows Narrows "the exclusive maximum fell from {before} to {after}" "";
    EXCLUSIVE_MAXIMUM_RAISED "exclusive-maximum-raised" Widens Widens "the exclusive maximum rose from {before} to {after}" "";
    MAX_LENGTH_SET "max-length-set" Narrows Narrows "the greatest length is {after}; there was none" "";
    MAX_LENGTH_UNSET "max-length-unset" Widens Widens "the greatest length of {before} is gone" "";
    MAX_LENGTH_LOWERED "max-length-lowered" Narrows Narrows "the greatest length fell from {before} to {after}" "";
    MAX_LENGTH_RAISED "max-length-raised" Widens Widens "the greatest length rose from {before} to {after}" "";
    MAX_ITEMS_SET "max-items-set" Narrows Narrows "the greatest number of items is {after}; there was none" "";
    MAX_ITEMS_UNSET "max-items-unset" Widens Widens "the greatest number of items of {before} is gone" "";
    MAX_ITEMS_LOWERED "max-items-lowered" Narrows Narrows "the greatest number of items fell from {before} to {after}" "";
    MAX_ITEMS_RAISED "max-items-raised" Widens Widens "the greatest number of items rose from {before} to {after}" "";
    MAX_PROPERTIES_SET "max-properties-set" Narrows Narrows "the greatest number of properties is {after}; there was none" "";
    MAX_PROPERTIES_UNSET "max-properties-unset" Widens Widens "the greatest number of properties of {before} is gone" "";
    MAX_PROPERTIES_LOWERED "max-properties-lowered" Narrows Narrows "the greatest number of properties fell from {before} to {after}" "";
    MAX_PROPERTIES_RAISED "max-properties-raised" Widens Widens "the greatest number of properties rose from {before} to {after}" "";
    MAX_CONTAINS_SET "max-contains-set" Narrows Narrows "the greatest number of items that fit `contains` is {after}; there was none" "";
    MAX_CONTAINS_UNSET "max-contains-unset" Widens Widens "the greatest number of items that fit `contains` of {before} is gone" "";
    MAX_CONTAINS_LOWERED "max-contains-lowered" Narrows Narrows "the greatest number of items that fit `contains` fell from {before} to {after}" "";
    MAX_CONTAINS_RAISED "max-contains-raised" Widens Widens "the greatest number of items that fit `contains` rose from {before} to {after}" "";
    MINIMUM_SET "minimum-set" Narrows Narrows "the minimum is {after}; there was none" "";
    MINIMUM_UNSET "minimum-unset" Widens Widens "the minimum of {before} is gone" "";
    MINIMUM_LOWERED "minimum-lowered" Widens Widens "the minimum fell from {before} to {after}" "";
    MINIMUM_RAISED "minimum-raised" Narrows Narrows "the minimum rose from {before} to {after}" "";
    EXCLUSIVE_MINIMUM_SET "exclusive-minimum-set" Narrows Narrows "the exclusive minimum is {after}; there was none" "";
    EXCLUSIVE_MINIMUM_UNSET "exclusive-minimum-unset" Widens Widens "the exclusive minimum of {before} is gone" "";
    EXCLUSIVE_MINIMUM_LOWERED "exclusive-minimum-lowered" Widens Widens "the exclusive minimum fell from {before} to {after}" "";
    EXCLUSIVE_MINIMUM_RAISED "exclusive-minimum-raised" Narrows Narrows "the exclusive minimum rose from {before} to {after}" "";
    MIN_LENGTH_SET "min-length-set" Narrows Narrows "the least length is {after}; there was none" "";
    MIN_LENGTH_UNSET "min-length-unset" Widens Widens "the least length of {before} is gone" "";
    MIN_LENGTH_LOWERED "min-length-lowered" Widens Widens "the least length fell from {before} to {after}" "";
    MIN_LENGTH_RAISED "min-length-raised" Narrows Narrows "the least length rose from {before} to {after}" "";
    MIN_ITEMS_SET "min-items-set" Narrows Narrows "the least number of items is {after}; there was none" "";
    MIN_ITEMS_UNSET "min-items-unset" Widens Widens "the least number of items of {before} is gone" "";
    MIN_ITEMS_LOWERED "min-items-lowered" Widens Widens "the least number of items fell from {before} to {after}" "";
    MIN_ITEMS_RAISED "min-items-raised" Narrows Narrows "the least number of items rose from {before} to {after}" "";
    MIN_PROPERTIES_SET "min-properties-set" Narrows Narrows "the least number of properties is {after}; there was none" "";
    MIN_PROPERTIES_UNSET "min-properties-unset" Widens Widens "the least number of properties of {before} is gone" "";
    MIN_PROPERTIES_LOWERED "min-properties-lowered" Widens Widens "the least number of properties fell from {before} to {after}" "";
    MIN_PROPERTIES_RAISED "min-properties-raised" Narrows Narrows "the least number of properties rose from {before} to {after}" "";
    MIN_CONTAINS_SET "min-contains-set" Narrows Narrows "the least number of items that fit `contains` is {after}; there was none" "";
    MIN_CONTAINS_UNSET "min-contains-unset" Widens Widens "the least number of items that fit `contains` of {before} is gone" "";
    MIN_CONTAINS_LOWERED "min-contains-lowered" Widens Widens "the least number of items that fit `contains` fell from {before} to {after}" "";
    MIN_CONTAINS_RAISED "min-contains-raised" Narrows Narrows "the least number of items that fit `contains` rose from {before} to {after}" "";
    MULTIPLE_OF_SET "multiple-of-set" Narrows Narrows "only multiples of {after} are left" "";
    MULTIPLE_OF_UNSET "multiple-of-unset" Widens Widens "not only multiples of {before} are possible" "";
    MULTIPLE_OF_NARROWED "multiple-of-narrowed" Narrows Narrows "only multiples of {after} are left, not all of {before}" "";
    MULTIPLE_OF_WIDENED "multiple-of-widened" Widens Widens "multiples of {after} are possible, not only of {before}" "";
    MULTIPLE_OF_CHANGED "multiple-of-changed" Incomparable Incomparable "multiples of {after} are possible, not of {before}" "";
    PATTERN_ADDED "pattern-added" Narrows Narrows "it must match {after}" "";
    PATTERN_REMOVED "pattern-removed" Widens Widens "it need not match {before}" "";
    PATTERN_CHANGED "pattern-changed" Incomparable Incomparable "it must match {after}, not {before}" "";
    PATTERN_GENERALIZED "pattern-generalized" Widens Widens "it may match {after}, which matches anything" "";
    UNIQUE_ITEMS_REQUIRED "unique-items-required" Narrows Narrows "no item may be there twice" "";
    UNIQUE_ITEMS_NO_LONGER_REQUIRED "unique-items-no-longer-required" Widens Widens "an item may be there twice" "";
    // Properties.
    REQUIRED_PROPERTY_ADDED "required-property-added" Narrows None "the required property is new" "readers ignore properties they do not know";
    REQUIRED_PROPERTY_WITH_DEFAULT_ADDED "required-property-with-default-added" Narrows None "the required property is new, though it has a default" "readers ignore properties they do not know";
    OPTIONAL_PROPERTY_ADDED "optional-property-added" Widens None "the optional property is new" "readers ignore properties they do not know";
    REQUIRED_PROPERTY_REMOVED "required-property-removed" Narrows Widens "the required property is gone" "what an old client sends in it means nothing or is refused; who reads it finds nothing";
    OPTIONAL_PROPERTY_REMOVED "optional-property-removed" Narrows Narrows "the optional property is gone" "what an old client sends in it means nothing or is refused; who reads it is ready to find nothing";
    PROPERTY_BECAME_REQUIRED "property-became-required" Narrows Narrows "the property is required now" "";
    PROPERTY_BECAME_OPTIONAL "property-became-optional" Widens Widens "the property may be left out now" "";
    OPTIONAL_BECAME_READ_ONLY "optional-became-read-only" None None "only answers hold the property now" "it need not be sent";
    REQUIRED_BECAME_READ_ONLY "required-became-read-only" Widens None "only answers hold the property now" "";
    OPTIONAL_BECAME_NOT_READ_ONLY "optional-became-not-read-only" Widens None "requests may hold the property now" "";
    REQUIRED_BECAME_NOT_READ_ONLY "required-became-not-read-only" Narrows None "requests must hold the property now" "";
    OPTIONAL_BECAME_WRITE_ONLY "optional-became-write-only" None Narrows "only requests hold the property now" "";
    REQUIRED_BECAME_WRITE_ONLY "required-became-write-only" None Widens "only requests hold the property now" "";
    OPTIONAL_BECAME_NOT_WRITE_ONLY "optional-became-not-write-only" None None "answers may hold the property now" "readers ignore properties they do not know";
    REQUIRED_BECAME_NOT_WRITE_ONLY "required-became-not-write-only" None None "answers hold the property now" "readers ignore properties they do not know";
    ADDITIONAL_PROPERTIES_REFUSED "additional-properties-refused" Narrows Narrows "properties that are not listed are no longer accepted" "";
    ADDITIONAL_PROPERTIES_ALLOWED "additional-properties-allowed" Widens None "properties that are not listed are accepted" "readers ignore properties they do not know";
    ADDITIONAL_PROPERTIES_TYPED "additional-properties-typed" Narrows Narrows "properties that are not listed have a schema now" "";
    ADDITIONAL_PROPERTIES_UNTYPED "additional-properties-untyped" Widens Widens "properties that are not listed may be anything now" "";
    PATTERN_PROPERTY_ADDED "pattern-property-added" Narrows Narrows "properties that match {name} have a schema now" "";
    PATTERN_PROPERTY_REMOVED "pattern-property-removed" Widens Widens "properties that match {name} may be anything now" "";
    PROPERTY_NAMES_ADDED "property-names-added" Narrows Narrows "the names of properties have a schema now" "";
    PROPERTY_NAMES_REMOVED "property-names-removed" Widens Widens "properties may have any name" "";
    DEPENDENT_REQUIRED_ADDED "dependent-required-added" Narrows Narrows "where {name} is, {after} must be too" "";
    DEPENDENT_REQUIRED_REMOVED "dependent-required-removed" Widens Widens "where {name} is, {before} need not be" "";
    DEPENDENT_REQUIRED_CHANGED "dependent-required-changed" Incomparable Incomparable "where {name} is, {after} must be too, not {before}" "";
    DEPENDENT_SCHEMA_ADDED "dependent-schema-added" Narrows Narrows "where {name} is, a schema must hold" "";
    DEPENDENT_SCHEMA_REMOVED "dependent-schema-removed" Widens Widens "where {name} is, no schema need hold" "";
    // Items.
    ITEMS_ADDED "items-added" Narrows Narrows "the items have a schema now" "";
    ITEMS_REMOVED "items-removed" Widens Widens "the items may be anything now" "";
    PREFIX_ITEMS_ADDED "prefix-items-added" Narrows Narrows "item {name} of the list has a schema now" "";
    PREFIX_ITEMS_REMOVED "prefix-items-removed" Widens Widens "item {name} of the list may hold anything" "";
    TUPLE_LONGER "tuple-longer" Widens Widens "the list may go on to item {name}" "";
    TUPLE_SHORTER "tuple-shorter" Narrows Narrows "the list ends before item {name}" "";
    CONTAINS_ADDED "contains-added" Narrows Narrows "some item must fit a schema" "";
    CONTAINS_REMOVED "contains-removed" Widens Widens "no item need fit a schema" "";
    // Schemas made of schemas.
    ALL_OF_ADDED "all-of-added" Narrows Narrows "{name} must hold as well" "";
    ALL_OF_REMOVED "all-of-removed" Widens Widens "{name} need not hold any more" "";
    ALL_OF_ANNOTATION_ADDED "all-of-annotation-added" None None "{name} is new in `allOf`" "it only describes";
    ALL_OF_ANNOTATION_REMOVED "all-of-annotation-removed" None None "{name} is gone from `allOf`" "it only described";
    ANY_OF_ADDED "any-of-added" Widens Widens "it may be {name} as well" "";
    ANY_OF_REMOVED "any-of-removed" Narrows Narrows "it may no longer be {name}" "";
    ONE_OF_ADDED "one-of-added" Widens Widens "it may be {name} as well" "";
    ONE_OF_REMOVED "one-of-removed" Narrows Narrows "it may no longer be {name}" "";
    POSSIBILITIES_ADDED "possibilities-added" Narrows Narrows "only what {name} lists is possible" "";
    POSSIBILITIES_REMOVED "possibilities-removed" Widens Widens "what {name} listed is not all that is possible" "";
    WRAPPED_IN_ONE_OF "wrapped-in-one-of" Incomparable Widens "what it was is one of several possibilities now" "whatever fits two of them is refused";
    UNWRAPPED_FROM_ONE_OF "unwrapped-from-one-of" Narrows Narrows "of several possibilities one is left" "";
    NOT_ADDED "not-added" Narrows Narrows "what fits a schema is refused" "";
    NOT_REMOVED "not-removed" Widens Widens "what was refused is possible" "";
    IF_ADDED "if-added" Narrows Narrows "`if` is new" "";
    IF_REMOVED "if-removed" Widens Widens "`if` is gone" "";
    THEN_ADDED "then-added" Narrows Narrows "`then` is new" "";
    THEN_REMOVED "then-removed" Widens Widens "`then` is gone" "";
    ELSE_ADDED "else-added" Narrows Narrows "`else` is new" "";
    ELSE_REMOVED "else-removed" Widens Widens "`else` is gone" "";
    DISCRIMINATOR_ADDED "discriminator-added" None None "{after} tells apart what it may be" "";
    DISCRIMINATOR_REMOVED "discriminator-removed" None None "{before} no longer tells apart what it may be" "";
    DISCRIMINATOR_PROPERTY_CHANGED "discriminator-property-changed" Incomparable Incomparable "{after} tells apart what it may be, not {before}" "";
    DISCRIMINATOR_MAPPING_ADDED "discriminator-mapping-added" None None "the value {name} of the discriminator means {after}" "";
    DISCRIMINATOR_MAPPING_REMOVED "discriminator-mapping-removed" None None "the value {name} of the discriminator no longer means {before}" "";
    DISCRIMINATOR_MAPPING_CHANGED "discriminator-mapping-changed" Incomparable Incomparable "the value {name} of the discriminator means {after}, not {before}" "";
    // Content and what else JSON Schema knows.
    CONTENT_SCHEMA_ADDED "content-schema-added" Narrows Narrows "the text holds what fits a schema" "";
    CONTENT_SCHEMA_REMOVED "content-schema-removed" Widens Widens "the text may hold anything" "";
    CONTENT_MEDIA_TYPE_CHANGED "content-media-type-changed" Incomparable Incomparable "the text holds {after}, not {before}" "";
    CONTENT_ENCODING_CHANGED "content-encoding-changed" Incomparable Incomparable "the text is encoded as {after}, not as {before}" "";
    UNEVALUATED_PROPERTIES_ADDED "unevaluated-properties-added" Narrows Narrows "other properties must fit a schema" "";
    UNEVALUATED_PROPERTIES_REMOVED "unevaluated-properties-removed" Widens Widens "other properties may be anything" "";
    UNEVALUATED_ITEMS_ADDED "unevaluated-items-added" Narrows Narrows "other items must fit a schema" "";
    UNEVALUATED_ITEMS_REMOVED "unevaluated-items-removed" Widens Widens "other items may be anything" "";
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_are_unique_and_messages_end_without_a_full_stop() {
        let names: HashSet<&str> = RULES.iter().map(|rule| rule.id).collect();
        assert_eq!(names.len(), RULES.len());
        for rule in RULES {
            assert!(!rule.message.ends_with('.'), "{}", rule.id);
            assert!(!rule.why.ends_with('.'), "{}", rule.id);
        }
    }
}
