//! The codes of diagnostics as a type.

/// The code of a diagnostic. Its row in [`CODES`](super::CODES) explains it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Code {
    /// `Y001`
    TabIndentation,
    /// `Y002`
    SecondColon,
    /// `Y003`
    ReservedCharacter,
    /// `Y004`
    UnknownAlias,
    /// `Y005`
    YesOrNo,
    /// `Y006`
    LooksLikeANumber,
    /// `Y007`
    DateIsText,
    /// `Y008`
    DuplicateKey,
    /// `Y009`
    TextAfterQuote,
    /// `Y010`
    TrailingNewline,
    /// `Y011`
    OpenQuote,
    /// `Y012`
    Bracket,
    /// `Y013`
    UnquotedTemplate,
    /// `Y014`
    NotYaml,
    /// `Y015`
    Indentation,
    /// `Y016`
    CommentInText,
    /// `Y017`
    Tag,
    /// `Y018`
    NoSuchNumber,
    /// `Y019`
    SeveralDocuments,
    /// `Y020`
    MergeKey,
    /// `Y021`
    AliasBomb,
    /// `Y022`
    EndlessAnchor,
    /// `Y023`
    InvisibleCharacter,
    /// `Y024`
    BadEscape,
    /// `Y025`
    EmptyFile,
    /// `Y026`
    TypographicQuotes,
    /// `Y027`
    TooDeep,
    /// `Y028`
    KeyForm,
    /// `Y029`
    NotAMapping,
    /// `Y030`
    UnreadableFile,
    /// `S101`
    UnknownKey,
    /// `S102`
    MisspeltVerb,
    /// `S103`
    MissingKey,
    /// `S104`
    ExclusiveKeys,
    /// `S105`
    NothingToRead,
    /// `S106`
    WrongForm,
    /// `S107`
    LanguageVersion,
    /// `S108`
    UnknownChoice,
    /// `S109`
    EmptyValue,
    /// `S110`
    ComputedKey,
    /// `S111`
    DuplicateRule,
    /// `S112`
    BadName,
    /// `S113`
    EmptyList,
    /// `S114`
    LonelyKey,
    /// `S115`
    RuleWithoutPlace,
    /// `S116`
    BadCondition,
    /// `S117`
    PathWithoutDollar,
    /// `S118`
    ComparisonInText,
    /// `P201`
    UnknownField,
    /// `P202`
    BadPath,
    /// `P203`
    UnknownCondition,
    /// `P204`
    UnknownSetting,
    /// `P205`
    NameNotHere,
    /// `P206`
    FieldCycle,
    /// `P208`
    TargetOutsideTheEvent,
    /// `P209`
    PartAfterWhole,
    /// `P210`
    NothingInside,
    /// `P211`
    ChainOfNames,
    /// `P212`
    TextLikeAPath,
    /// `O301`
    UnknownOperator,
    /// `O302`
    BadArgument,
    /// `O303`
    ArgumentCount,
    /// `O304`
    PipelineCycle,
    /// `O305`
    WrongInputType,
    /// `O306`
    TooManySteps,
    /// `O307`
    ListIntoText,
    /// `O308`
    DefaultOfAnotherKind,
    /// `O309`
    RequiredWithDefault,
    /// `O310`
    SamePathTwice,
    /// `O311`
    NeverUsed,
    /// `O312`
    ListOfPaths,
    /// `O313`
    OnlyAndExcept,
    /// `O314`
    NothingLeft,
    /// `O315`
    LooseDot,
    /// `O316`
    IdentifierAsNumber,
    /// `O317`
    SlashesInPattern,
    /// `T401`
    UnknownNameInTemplate,
    /// `T402`
    TemplateSyntax,
    /// `T403`
    UnknownFilter,
    /// `T404`
    TemplateNotAllowed,
    /// `T405`
    UnescapedInAddress,
    /// `T406`
    EncodedTwice,
    /// `T407`
    AddressPartMissing,
    /// `T408`
    OtherPlaceholder,
    /// `T409`
    PartlyEncoded,
    /// `R501`
    UnreachableRule,
    /// `R502`
    UnknownTest,
    /// `R503`
    BadTestArgument,
    /// `R504`
    UnknownRule,
    /// `R505`
    NoEndpoint,
    /// `R506`
    BadMethod,
    /// `R509`
    NoLastRule,
    /// `R510`
    NeverTrue,
    /// `R511`
    AlwaysTrue,
    /// `R512`
    ListedTwice,
    /// `R513`
    WrongCase,
    /// `R514`
    FalseIsPresent,
    /// `R515`
    UnusedName,
    /// `R516`
    WrongPart,
    /// `R517`
    EmptyBody,
    /// `R518`
    NotAnAddress,
    /// `R519`
    UnknownEventType,
    /// `R540`
    PathAsKey,
    /// `R541`
    RepeatedHeader,
    /// `D601`
    UnknownEndpoint,
    /// `D602`
    KeyTooLong,
    /// `D603`
    ValueTooLong,
    /// `D604`
    WrongMethod,
    /// `D606`
    TooManyKeys,
    /// `D607`
    MillisecondsForSeconds,
    /// `D608`
    KeyNotTaken,
    /// `D610`
    DiscouragedKey,
    /// `D614`
    ValueNotTaken,
    /// `D616`
    UnlikeTheDocumentation,
    /// `D617`
    WrongKind,
    /// `D618`
    UnlikeThePattern,
    /// `D619`
    RequiredKeyNeverWritten,
    /// `D620`
    NotExactlyOne,
    /// `D626`
    UndocumentedKind,
    /// `D630`
    BadContract,
    /// `D660`
    UnsupportedKeyword,
    /// `X706`
    OutsideTheFolder,
    /// `X707`
    IncludeCycle,
    /// `X701`
    SettingInError,
    /// `X702`
    SecretInAddress,
    /// `X703`
    NotHttps,
    /// `X704`
    PrivateHost,
    /// `X705`
    CredentialsInAddress,
    /// `X708`
    HostFromEvent,
    /// `X709`
    BadHeaderName,
    /// `X710`
    BadHeaderValue,
    /// `X711`
    CredentialInMapping,
    /// `X712`
    EnvironmentVariable,
    /// `X713`
    ChangedByClients,
    /// `X714`
    HeaderNameFromEvent,
    /// `X720`
    SecondsAsMilliseconds,
    /// `E801`
    PathNoEventHas,
    /// `E802`
    KeyWithADot,
    /// `E803`
    OtherCase,
    /// `E804`
    RuleNoEventReaches,
    /// `E805`
    KeyThatNeverOccurs,
    /// `E820`
    UnknownSettingInFile,
    /// `E821`
    SettingMissingInFile,
    /// `E822`
    SettingInvalidInFile,
    /// `C810`
    UnusedAllow,
    /// `C811`
    AllowWithoutReason,
}
