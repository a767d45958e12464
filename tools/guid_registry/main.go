// A schema registry in memory that knows schemas by GUID.
//
//	guid_registry ADDRESS
//	guid_registry ADDRESS CERTIFICATE KEY    https, for clients that show that certificate
package main

import (
	"crypto/tls"
	"crypto/x509"
	"log"
	"net/http"
	"os"

	"github.com/twmb/franz-go/pkg/sr/srfake"
)

func main() {
	server := http.Server{Addr: os.Args[1], Handler: srfake.NewRegistry().Handler()}
	if len(os.Args) == 2 {
		log.Fatal(server.ListenAndServe())
	}
	pem, err := os.ReadFile(os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	known := x509.NewCertPool()
	known.AppendCertsFromPEM(pem)
	server.TLSConfig = &tls.Config{ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: known}
	log.Fatal(server.ListenAndServeTLS(os.Args[2], os.Args[3]))
}
