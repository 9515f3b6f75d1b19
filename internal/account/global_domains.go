package account

// global are domains that belong together because one log-in opens all of them.
// The numbers are Kastellan's own; they are stored by accounts that exclude a
// group, so they are never used for another one.
var global = []GlobalDomains{
	{Type: 1000, Domains: []string{"google.com", "youtube.com", "gmail.com", "blogger.com"}},
	{Type: 1001, Domains: []string{"apple.com", "icloud.com"}},
	{Type: 1002, Domains: []string{"microsoft.com", "live.com", "outlook.com", "hotmail.com", "office.com", "office365.com", "microsoftonline.com", "xbox.com", "azure.com", "msn.com", "skype.com"}},
	{Type: 1003, Domains: []string{"amazon.com", "amazon.ca", "amazon.co.jp", "amazon.co.uk", "amazon.com.au", "amazon.com.br", "amazon.com.mx", "amazon.de", "amazon.es", "amazon.fr", "amazon.in", "amazon.it", "amazon.nl", "amazon.pl", "amazon.se"}},
	{Type: 1004, Domains: []string{"ebay.com", "ebay.at", "ebay.ca", "ebay.ch", "ebay.co.uk", "ebay.com.au", "ebay.de", "ebay.es", "ebay.fr", "ebay.ie", "ebay.it", "ebay.nl", "ebay.pl"}},
	{Type: 1005, Domains: []string{"paypal.com", "paypal.me"}},
	{Type: 1006, Domains: []string{"yahoo.com", "flickr.com"}},
	{Type: 1007, Domains: []string{"facebook.com", "messenger.com"}},
	{Type: 1008, Domains: []string{"x.com", "twitter.com"}},
	{Type: 1009, Domains: []string{"atlassian.com", "bitbucket.org", "trello.com", "jira.com"}},
	{Type: 1010, Domains: []string{"adobe.com", "behance.net"}},
	{Type: 1011, Domains: []string{"wikipedia.org", "wikimedia.org", "wiktionary.org", "wikidata.org", "wikibooks.org", "wikiquote.org", "mediawiki.org"}},
	{Type: 1012, Domains: []string{"stackoverflow.com", "stackexchange.com", "serverfault.com", "superuser.com", "askubuntu.com", "mathoverflow.net"}},
	{Type: 1013, Domains: []string{"steampowered.com", "steamcommunity.com"}},
	{Type: 1014, Domains: []string{"sony.com", "sonyentertainmentnetwork.com", "playstation.com"}},
	{Type: 1015, Domains: []string{"wordpress.com", "gravatar.com"}},
	{Type: 1016, Domains: []string{"digitalocean.com", "cloudways.com"}},
	{Type: 1017, Domains: []string{"proton.me", "protonmail.com", "protonvpn.com"}},
	{Type: 1018, Domains: []string{"ubuntu.com", "canonical.com", "launchpad.net"}},
	{Type: 1019, Domains: []string{"dropbox.com", "dropboxusercontent.com", "hellosign.com"}},
	{Type: 1020, Domains: []string{"gotomeeting.com", "goto.com", "logmein.com", "logme.in"}},
	{Type: 1021, Domains: []string{"telekom.de", "t-online.de"}},
	{Type: 1022, Domains: []string{"gmx.net", "gmx.de", "gmx.at", "gmx.ch"}},
	{Type: 1023, Domains: []string{"ionos.de", "ionos.com", "1und1.de"}},
}
