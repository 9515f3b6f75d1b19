package event

// Type is the kind of event, by the numbers that official clients know.
type Type int

// The kinds that the server writes itself.
const (
	UserLoggedIn          Type = 1000
	UserChangedPassword   Type = 1001
	UserEnabledTwoStep    Type = 1002 // also changed
	UserDisabledTwoStep   Type = 1003
	UserRecoveredTwoStep  Type = 1004
	UserFailedLogIn       Type = 1005
	UserFailedTwoStep     Type = 1006
	UserExportedVault     Type = 1007
	UserSetPassword       Type = 1008 // after an admin had reset it
	UserRequestedApproval Type = 1010

	CipherCreated            Type = 1100
	CipherUpdated            Type = 1101
	CipherDeleted            Type = 1102
	CipherAttached           Type = 1103
	CipherDetached           Type = 1104
	CipherShared             Type = 1105
	CipherUpdatedCollections Type = 1106
	CipherViewed             Type = 1107
	CipherSoftDeleted        Type = 1115
	CipherRestored           Type = 1116

	CollectionCreated Type = 1300
	CollectionUpdated Type = 1301
	CollectionDeleted Type = 1302

	GroupCreated Type = 1400
	GroupUpdated Type = 1401
	GroupDeleted Type = 1402

	MemberInvited              Type = 1500
	MemberConfirmed            Type = 1501
	MemberUpdated              Type = 1502
	MemberRemoved              Type = 1503
	MemberUpdatedGroups        Type = 1504
	MemberUnlinkedSSO          Type = 1505
	MemberEnrolledRecovery     Type = 1506
	MemberWithdrewRecovery     Type = 1507
	MemberRecoveredPassword    Type = 1508 // an admin set a new master password
	MemberResetSSO             Type = 1509
	MemberFirstSSO             Type = 1510
	MemberRevoked              Type = 1511
	MemberRestored             Type = 1512
	MemberDeviceApproved       Type = 1513
	MemberDeviceDenied         Type = 1514
	MemberAccountDeleted       Type = 1515
	MemberLeft                 Type = 1516
	MemberAutoConfirmed        Type = 1517
	MemberSelfRevoked          Type = 1518
	MemberRecoveredTwoStep     Type = 1519 // an admin turned two-step login off
	MemberRevokedTwoStep       Type = 1520 // for having no two-step login
	MemberRevokedSingleOrg     Type = 1521 // for belonging to another organization
	MemberBannerActed          Type = 1522
	MemberStaged               Type = 1523
	MemberAcceptedByInviteLink Type = 1524
	MemberChangedEmail         Type = 1525
	MemberConfirmedByLink      Type = 1526

	OrgUpdated              Type = 1600
	OrgPurged               Type = 1601
	OrgExported             Type = 1602
	OrgAccessedByProvider   Type = 1603
	OrgLimitCreationOn      Type = 1610
	OrgLimitCreationOff     Type = 1611
	OrgLimitDeletionOn      Type = 1612
	OrgLimitDeletionOff     Type = 1613
	OrgLimitItemDeletionOn  Type = 1614
	OrgLimitItemDeletionOff Type = 1615
	OrgAdminAccessOn        Type = 1616
	OrgAdminAccessOff       Type = 1617

	PolicyUpdated Type = 1700

	ProviderUserInvited   Type = 1800
	ProviderUserConfirmed Type = 1801
	ProviderUserUpdated   Type = 1802
	ProviderUserRemoved   Type = 1803

	// Our own; official clients know neither baselines nor API keys of providers.
	BaselineCreated  Type = 1880
	BaselineUpdated  Type = 1881 // also its place in the order
	BaselineDeleted  Type = 1882
	BaselineAssigned Type = 1883

	ProviderKeyCreated Type = 1890
	ProviderKeyDeleted Type = 1891

	ClientCreated  Type = 1900
	ClientAdded    Type = 1901
	ClientRemoved  Type = 1902
	ClientAccessed Type = 1903

	DomainAdded       Type = 2000
	DomainRemoved     Type = 2001
	DomainVerified    Type = 2002
	DomainNotVerified Type = 2003

	// What recipients must show is told when a Send is made: the two after each are for
	// codes by e-mail and for a password.
	SendCreatedText  Type = 2500
	SendCreatedFile  Type = 2503
	SendUpdatedText  Type = 2506
	SendUpdatedFile  Type = 2507
	SendDeletedText  Type = 2508
	SendDeletedFile  Type = 2509
	SendAccessedText Type = 2510
	SendAccessedFile Type = 2511
)

// System is who acted when no account did.
type System int

// The systems, by their numbers on the wire.
const (
	SystemSCIM               System = 1
	SystemDomainVerification System = 2
	SystemPublicAPI          System = 3
	SystemTwoStepDisabled    System = 4
	SystemOperator           System = 5
)
